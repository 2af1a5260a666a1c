import type { ReplyOf } from "../server/reply-types.js";
import type { HandlerInput, OperationTypes } from "../server/types.js";

/**
 * What a mocked operation answers, told apart by its status; what is left out is as in the fixture of that status. Or a function that is
 * given each request that meets the document, and gives such a reply; a Response, which is sent as it is, whatever the document says; or
 * `undefined`, to leave the request to the handlers that follow.
 */
export type Override<Operation extends OperationTypes> =
  MockReply<Operation> | ((input: MockInput<Operation>) => Answer<Operation> | Promise<Answer<Operation>>);

/** What the request holds, decoded and checked as a server does it; who asks is not looked at. */
export type MockInput<Operation extends OperationTypes> = HandlerInput<Operation, undefined, undefined>;

/** A reply that an operation declares, of which all but the status may be left out. */
export type MockReply<Operation extends OperationTypes> = Completed<ReplyOf<Operation>>;

/** How requests are recognized. */
export interface MockOptions {
  /**
   * Where the paths of the API begin, one place or several: `https://staging.example.com/v1`, `/v1` on any origin, or `*` for anything, as
   * in `*` alone and `http://localhost:*`. Default: the servers of the document, whatever their variables.
   */
  readonly baseUrl?: string | readonly string[];
}

/** And how long a mock stands. */
export interface OneMockOptions extends MockOptions {
  /** Whether only the first request is answered; the handlers that follow answer the others. Default: false. */
  readonly once?: boolean;
}

type Answer<Operation extends OperationTypes> = MockReply<Operation> | Response | undefined;

/** A body has to say its media type where it has to for a server: where bodies of several differ. */
type Completed<Reply> = Reply extends { readonly status: unknown }
  ? undefined extends Member<Reply, "contentType">
    ? Only<Reply, "status"> & Partial<Omit<Reply, "status">>
    : | (Only<Reply, "status"> & Partial<Omit<Reply, "status" | "body">> & { readonly body?: undefined })
      | (Only<Reply, "status" | "body" | "contentType"> &
          Partial<Omit<Reply, "status" | "body" | "contentType">>)
  : never;
type Only<Reply, Keys> = Pick<Reply, Extract<keyof Reply, Keys>>;
type Member<Reply, Key> = Key extends keyof Reply ? Reply[Key] : undefined;
