/** Load: the entry's path or URL goes in; the text and tree of every file that it reaches through `$ref` come out, the entry first. */
import { basename, dirname } from "node:path";
import type { Diagnostics } from "../diagnostics/diagnostic.ts";
import { locationOf, type Location } from "../diagnostics/location.ts";
import { redacted } from "../diagnostics/place.ts";
import { suggest } from "../diagnostics/suggest.ts";
import { isUrl, isWithin, splitReference } from "./load/address.ts";
import { FetchError } from "./load/fetch-policy.ts";
import { parse, type Source } from "./load/parse.ts";
import { metaschemaText } from "./load/metaschemas.ts";
import { survey, type Reference, type Survey } from "./load/references.ts";
import { targetsOf } from "./load/targets.ts";

export type { Source } from "./load/parse.ts";

/** How the outside world is reached. */
export interface LoadOptions {
  readonly diagnostics: Diagnostics;
  /** The text of a file. Rejects, as `fs.readFile` does, when there is none. */
  readonly readFile: (file: string) => Promise<string>;
  /** The names in a folder, for a better message when a file is missing. */
  readonly listFolder?: (folder: string) => Promise<readonly string[]>;
  /** Where a file really is, when there are links on the way to it. */
  readonly realPath?: (file: string) => Promise<string>;
  /** Folders beside the entry's own that references may lead into. */
  readonly roots?: readonly string[];
  /** The text behind a URL; rejects with a FetchError. Without it, no URL is fetched. */
  readonly readUrl?: (url: string) => Promise<string>;
  /** The tree to go on with in place of the one that a file holds; `undefined` for most files. */
  readonly amend?: (file: string) => unknown;
}

/** Every file that was read, and those that were asked for and could not be (which is reported). */
export interface Loaded {
  readonly sources: readonly Source[];
  readonly unread: ReadonlySet<string>;
}

interface Wanted {
  /** Where it may be, the likeliest first. */
  readonly files: readonly string[];
  /** The identifiers that a schema in a file read meanwhile may have, so that nothing is asked for. */
  readonly names: readonly string[];
  /** What tells that the likelier ones are not there. */
  readonly missing?: Report;
  /** Where it is asked for; the entry is asked for by the user. */
  readonly by?: Reference;
}

/** More values than the largest real document holds, several times over: only aliases that multiply get there. */
const maxSize = 5_000_000;
/** Files read at once: enough to keep a disk busy, few enough for the limit of open files. */
const batch = 64;

/** Reads the entry and everything it reaches, each file once, in an order that depends on the documents alone. */
export async function load(entry: string, options: LoadOptions): Promise<Loaded> {
  const sources: Source[] = [];
  const unread = new Set<string>();
  const asked = new Set([entry]);
  const loaded = new Set<string>();
  const ids = new Set<string>();
  const isKnown = ({ files, names }: Wanted): boolean =>
    files.some((file) => loaded.has(file)) || names.some((name) => ids.has(name));
  let wanted: Wanted[] = [{ files: [entry], names: [] }];
  // What may stand elsewhere waits until the files on the disk have told their `$id`s; what needs the network waits for all of them.
  let uncertain: Wanted[] = [];
  let remote: Wanted[] = [];
  const add = (one: Wanted): void => {
    const [first = "", ...others] = one.files;
    (isRemote(first) ? remote : others.length > 0 ? uncertain : wanted).push(one);
  };
  while (wanted.length + uncertain.length + remote.length > 0) {
    if (wanted.length === 0 && uncertain.length > 0) [wanted, uncertain] = [uncertain.filter((one) => !isKnown(one)), []];
    else if (wanted.length === 0) [wanted, remote] = [remote.filter((one) => !isKnown(one)), []];
    const now = wanted.slice(0, batch);
    const texts = await Promise.all(now.map(({ files, by }) => read(files[0] ?? "", by, entry, options)));
    wanted = wanted.slice(batch);
    for (const [index, one] of now.entries()) {
      const text = texts[index];
      const [file = "", ...others] = one.files;
      if (typeof text !== "string") {
        unread.add(file);
        const missing = one.missing ?? text; // As many texts as files were asked for.
        if (others.length > 0 && missing !== undefined) add({ ...one, files: others, missing });
        else if (one.by?.soft !== true) missing?.();
        continue;
      }
      if (loaded.has(file)) continue;
      loaded.add(file);
      const parsed = parse(file, text, options.diagnostics);
      const source = { ...parsed, tree: options.amend?.(file) ?? parsed.tree };
      const { references, ids: own, broken } = inspect(source, options.diagnostics);
      for (const id of own) ids.add(id);
      sources.push(broken ? { ...source, tree: undefined } : source);
      for (const other of references.flatMap((reference) => wantedBy(reference, file))) {
        const key = other.files.join("\n");
        if (asked.has(key) || isKnown(other)) continue;
        asked.add(key);
        add(other);
      }
    }
  }
  return { sources, unread };
}

/** What a reference asks for. The dialect of a schema is not worth a request to another server. */
function wantedBy(by: Reference, from: string): Wanted[] {
  const { address } = splitReference(by.reference);
  const { uri, files: all } = targetsOf(address, from, by.base);
  const near = (file: string): boolean =>
    !isRemote(file) || (isUrl(from) && isUrl(file) && new URL(file).origin === new URL(from).origin);
  const files = by.soft === true ? all.filter(near) : all;
  return files.length === 0 ? [] : [{ files, names: [uri, address], by }];
}

function isRemote(file: string): boolean {
  return /^[a-z][a-z\d+.-]+:/i.test(file);
}

/** One file that the user names, by itself; `undefined` when it cannot be read, which is reported. */
export async function readSource(file: string, options: LoadOptions): Promise<Source | undefined> {
  const text = await read(file, undefined, file, options);
  if (typeof text !== "string") return void text();
  const source = parse(file, text, options.diagnostics);
  return inspect(source, options.diagnostics).broken ? { ...source, tree: undefined } : source;
}

/** The text of a file; when it may not or cannot be read, what reports that, since files are read in no certain order. */
async function read(file: string, by: Reference | undefined, entry: string, options: LoadOptions): Promise<string | Report> {
  const at = by?.at ?? locationOf(file, []);
  const { diagnostics } = options;
  const shipped = metaschemaText(file);
  if (shipped !== undefined) return shipped;
  if (isRemote(file)) return readUrl(file, at, options);
  if (by !== undefined && !(await isAllowed(file, entry, options)))
    return () => diagnostics.report("reference-outside-roots", at, { reference: by.reference, root: dirname(entry) });
  try {
    return await options.readFile(file);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    // The entry's whole path is its place.
    const name = by?.reference ?? basename(file);
    if (code !== "ENOENT" && code !== "ENOTDIR")
      return () => diagnostics.report("file-unreadable", at, { file: name, reason: code });
    const suggestion = await neighbour(file, name, options);
    return () => diagnostics.report("file-not-found", at, { file: name, suggestion });
  }
}

type Report = () => void;

/** Whether a file lies in one of the roots, both as it is written and where links lead. */
async function isAllowed(file: string, entry: string, { roots = [], realPath }: LoadOptions): Promise<boolean> {
  const folders = [dirname(entry), ...roots];
  if (!isWithin(file, folders)) return false;
  if (realPath === undefined) return true;
  const real = (path: string): Promise<string> => realPath(path).catch(() => path); // What does not exist is told when it is read.
  return isWithin(await real(file), await Promise.all(folders.map(real)));
}

async function readUrl(url: string, at: Location, { diagnostics, readUrl: fetch }: LoadOptions): Promise<string | Report> {
  const shown = redacted(url);
  try {
    if (!isUrl(url)) throw new FetchError("only http and https are fetched", { refused: true });
    if (fetch === undefined) throw new FetchError("fetching is not enabled", { refused: true });
    return await fetch(url);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return error instanceof FetchError && error.refused
      ? () => diagnostics.report("reference-to-url-refused", at, { url: shown, reason, host: error.host })
      : () => diagnostics.report("file-unreadable", at, { file: shown, reason });
  }
}

/** The name in the same folder that was probably meant. */
async function neighbour(file: string, reference: string, { listFolder }: LoadOptions): Promise<string | undefined> {
  try {
    const near = suggest(basename(file), (await listFolder?.(dirname(file))) ?? []);
    const { address } = splitReference(reference);
    return near === undefined ? undefined : `${address.slice(0, address.lastIndexOf("/") + 1)}${near}`;
  } catch {
    return undefined; // The folder does not exist either.
  }
}

function inspect(source: Source, diagnostics: Diagnostics): Pick<Survey, "references" | "ids"> & { readonly broken: boolean } {
  const { references, ids, cycle, tooDeep, size } = survey(source.file, source.tree);
  if (cycle !== undefined) diagnostics.report("alias-cycle", locationOf(source.file, cycle), {}, { atKey: true });
  if (tooDeep !== undefined)
    diagnostics.report(
      "nested-too-deep",
      locationOf(source.file, tooDeep.slice(0, 50)),
      { depth: tooDeep.length },
      { atKey: true },
    );
  if (size > maxSize) diagnostics.report("aliases-multiply", locationOf(source.file, []), {});
  const broken = cycle !== undefined || tooDeep !== undefined || size > maxSize;
  return { references: broken ? [] : references, ids, broken };
}
