/** One event of `text/event-stream` (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
export interface ServerSentEvent {
  /** The type. Absent: it has none, which EventSource calls `message`. */
  readonly event?: string;
  /** As text, or what the document makes of it. An event without data is dispatched nowhere. */
  readonly data?: unknown;
  readonly id?: string;
  /** Milliseconds to wait before connecting again. */
  readonly retry?: number;
}

/** What a stream says of itself, for whoever connects to it again. */
export interface StreamState {
  /** Of the last event that had one. */
  lastEventId?: string | undefined;
  /** Milliseconds. */
  retry?: number | undefined;
}

export interface EventParser {
  /** The events that are complete with this text. What stands at the end without an empty line is no event. */
  push(text: string): ServerSentEvent[];
}

/**
 * Reads events as they come (WHATWG HTML, §9.2.6): lines end with CR, LF or both, comments and unknown fields are ignored, several
 * `data` are lines of one, and an event without data is none.
 */
export function createEventParser(state: StreamState = {}): EventParser {
  let pending: string[] = [];
  let skipsLineFeed = false;
  let fields: Partial<Record<keyof ServerSentEvent, string | number>> = {};
  let data: string[] = [];

  const dispatch = (): ServerSentEvent[] => {
    const found = data.length === 0 ? [] : [{ ...fields, data: data.join("\n") } as ServerSentEvent];
    fields = {};
    data = [];
    return found;
  };
  const take = (line: string): void => {
    const colon = line.indexOf(":");
    const name = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? "" : line.slice(line[colon + 1] === " " ? colon + 2 : colon + 1);
    if (name === "data") data.push(value);
    else if (name === "event" && value !== "") fields.event = value;
    else if (name === "id" && !value.includes("\0")) state.lastEventId = fields.id = value;
    else if (name === "retry" && /^\d+$/.test(value)) state.retry = fields.retry = Number(value);
  };
  return {
    push(text) {
      // A CR ends its line at once: the LF that may belong to it is dropped when it comes.
      const from = skipsLineFeed && text.startsWith("\n") ? 1 : 0;
      if (text !== "") skipsLineFeed = text.endsWith("\r");
      const lines = text.slice(from).split(/\r\n|\n|\r/);
      const last = lines.pop() ?? "";
      const events: ServerSentEvent[] = [];
      for (const line of lines) {
        const whole = pending.length === 0 ? line : `${pending.join("")}${line}`;
        pending = [];
        if (whole === "") events.push(...dispatch());
        else take(whole);
      }
      if (last !== "") pending.push(last);
      return events;
    },
  };
}
