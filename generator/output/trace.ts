/** What a run looks at on the disk, written down while it looks: the basis of the cache, and of what `--watch` watches. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, realpathSync } from "node:fs";
import { readdir, readFile, realpath } from "node:fs/promises";

/** The ways in which the pipeline looks at the disk. */
export interface Disk {
  readFile(file: string): Promise<Uint8Array>;
  realPath(file: string): Promise<string>;
  listFolder(folder: string): Promise<string[]>;
}

/** Each question that was asked, and a hash of its answer; a question that failed has the code of the error. */
export interface Trace {
  readonly files: ReadonlyMap<string, string>;
  readonly links: ReadonlyMap<string, string>;
  readonly folders: ReadonlyMap<string, string>;
  /** Whether all answers are known to be the same for the whole run. */
  readonly steady: boolean;
}

/** A disk that writes down what it is asked. */
export function traceDisk(): { readonly disk: Disk; readonly trace: Trace } {
  const files = new Map<string, string>();
  const links = new Map<string, string>();
  const folders = new Map<string, string>();
  const trace = { files, links, folders, steady: true };
  const note = async <T>(
    answers: Map<string, string>,
    key: string,
    ask: () => Promise<T>,
    hash: (answer: T) => string,
  ): Promise<T> => {
    const write = (value: string): void => {
      if ((answers.get(key) ?? value) !== value) trace.steady = false;
      answers.set(key, value);
    };
    try {
      const answer = await ask();
      write(hash(answer));
      return answer;
    } catch (error) {
      write(failure(error));
      throw error;
    }
  };
  const disk: Disk = {
    readFile: (file) => note(files, file, () => readFile(file), hashOf),
    realPath: (file) => note(links, file, () => realpath(file), hashOf),
    listFolder: (folder) => note(folders, folder, () => readdir(folder), hashOfNames),
  };
  return { disk, trace };
}

/** Whether the disk would give all these answers again. */
export function isUnchanged({ files, links, folders }: Trace): boolean {
  return (
    every(files, (file) => hashOf(readFileSync(file))) &&
    every(links, (file) => hashOf(realpathSync.native(file))) &&
    every(folders, (folder) => hashOfNames(readdirSync(folder)))
  );
}

/** The hash of a file's content, or the code of the error when it cannot be read. */
export function hashOfFile(file: string): string {
  return answer(() => hashOf(readFileSync(file)));
}

export function hashOf(content: Uint8Array | string): string {
  return createHash("sha256").update(content).digest("base64");
}

function hashOfNames(names: readonly string[]): string {
  return hashOf(JSON.stringify([...names].sort()));
}

function every(answers: ReadonlyMap<string, string>, ask: (key: string) => string): boolean {
  for (const [key, before] of answers) if (answer(() => ask(key)) !== before) return false;
  return true;
}

function answer(ask: () => string): string {
  try {
    return ask();
  } catch (error) {
    return failure(error);
  }
}

function failure(error: unknown): string {
  return `! ${error instanceof Error && "code" in error ? String(error.code) : "unknown"}`;
}
