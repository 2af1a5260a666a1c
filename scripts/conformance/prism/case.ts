import { type Answer, readAnswer } from "./answer.ts";

/** One file of the harness. */
export interface Case {
  readonly file: string;
  readonly version: "2" | "3" | "postman";
  readonly spec: string;
  readonly proxy: boolean;
  readonly dynamic: boolean;
  readonly cors: boolean;
  /** The arguments of curl. */
  readonly command: readonly string[];
  readonly expected: Answer;
}

/** Reads a file of sections, each under a line such as `====spec====`. */
export function readCase(file: string, text: string): Case {
  const parts = text.split(/^====(server|test|spec|command|expect|expect-loose|expect-keysOnly)====\r?\n/gim);
  const section = (name: string): string => {
    const index = parts.findIndex((part, place) => place % 2 === 1 && part.toLowerCase() === name.toLowerCase());
    return index === -1 ? "" : (parts[index + 1] ?? "");
  };
  const spec = section("spec");
  const server = section("server").trim().split(/\s+/);
  const expected = [section("expect"), section("expect-loose"), section("expect-keysOnly")].find((one) => one !== "") ?? "";
  return {
    file,
    spec,
    version: /"?swagger"?\s*:/.test(spec) ? "2" : /"?openapi"?\s*:/.test(spec) ? "3" : "postman",
    proxy: server[0] === "proxy",
    dynamic: server.includes("-d") || server.includes("--dynamic"),
    cors: !server.includes("--cors=false"),
    command: words(section("command").trim()).slice(1),
    expected: readAnswer(expected),
  };
}

/** The words of a command as a shell has them. */
function words(command: string): string[] {
  const found: string[] = [];
  const joined = command.replace(/\\\r?\n/g, " ");
  for (const [word] of joined.matchAll(/(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\])+/g))
    found.push(
      word.replace(/"((?:\\.|[^"\\])*)"|'([^']*)'|\\(.)/g, (_, double?: string, single?: string, escaped?: string) =>
        double === undefined ? (single ?? escaped ?? "") : double.replace(/\\(["\\$`])/g, "$1"),
      ),
    );
  return found;
}
