import { Command, InvalidArgumentError, Option } from "commander";
import { resolveConfig, UsageError, type UserConfig } from "../config.ts";
import { emitterNames, type EmitterName } from "../emit/emitter.ts";
import type { MockOptions } from "../mock/mock.ts";
import type { AgainstFlags } from "./against-options.ts";
import { lintFormats, type LintFormat } from "./lint-formats.ts";
import type { ExitCode, Terminal } from "./terminal.ts";
import type { VerifyOptions } from "./verify.ts";
import { version } from "./version.ts";

/** The command line: its verbs, their flags and their help. What a verb returns is handed to `done`. */
export function createProgram(terminal: Terminal, done: (code: ExitCode) => void): Command {
  const program = new Command("openapi-triad")
    .description("One OpenAPI document, three artefacts that prove each other: a typed client, server route stubs and fixtures.")
    .version(version)
    .showHelpAfterError("(openapi-triad --help tells what there is)")
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .exitOverride()
    .addHelpText("after", examples);

  program
    .command("generate")
    .description("write client, server, fixtures and the package around them")
    .argument("[spec]", "the OpenAPI document, a path or URL, YAML or JSON; 2.0, 3.0, 3.1 or 3.2 (default: spec/openapi.yaml)")
    .option("-o, --out <folder>", "the folder to write (default: generated)")
    .option(
      "--emit <names>",
      `which artefacts, comma-separated: ${emitterNames.join(", ")} (default: all but openapi-fetch, msw and openapi; "default,msw" adds one)`,
      commaSeparated,
    )
    .option("--package-name <name>", "the npm name of the package that is made")
    .option("--root <folder...>", "a folder outside the document's own that its $refs may reach")
    .option("--allow-host <host...>", "a private host that the document's $refs may reach")
    .option("--overlay <file>", overlayHelp, another)
    .addOption(
      new Option("--check", "write nothing: name what is changed, missing or orphaned, and exit 1 if anything is").conflicts(
        "watch",
      ),
    )
    .option("--watch", "generate again whenever a file changes that was read, until Ctrl+C")
    .option("--no-cache", "do all the work, even if nothing has changed since the last run")
    .action(async (spec: string | undefined, flags: GenerateFlags) => {
      if (flags.watch === true) {
        const { watchCommand } = await import("./watch.ts");
        return done(await watchCommand(userConfig(spec, flags), terminal));
      }
      const { generateCommand } = await import("./generate-cached.ts");
      const config = await resolveConfig(terminal.cwd, userConfig(spec, flags));
      done(await generateCommand(config, { check: flags.check === true, cache: flags.cache }, terminal));
    });

  program
    .command("verify")
    .description(
      "prove the law: every operation, client → HTTP → server and back, each status, values equal; invalid requests refused",
    )
    .argument("[spec]", "the OpenAPI document (default: spec/openapi.yaml)")
    .option("--root <folder...>", "a folder outside the document's own that its $refs may reach")
    .option("--allow-host <host...>", "a private host that the document's $refs may reach")
    .option("--overlay <file>", overlayHelp, another)
    .option("--json", "print the report as JSON on stdout")
    .option("--threads <number>", "threads to prove a document on (default: by its size; 0: none beside the first)", wholeNumber)
    .option("--against <url>", "send valid requests to a live server instead, and tell where it breaks the document")
    .option(
      "--methods <names>",
      "with --against: which operations to send, or all (default: get,head,options,query)",
      commaSeparated,
    )
    .option("--header <header>", 'with --against: sent with every request, as "Name: value"; may be given again', another)
    .option("--param <name=value>", "with --against: the value of a parameter; may be given again", another)
    .option("--requests <file>", "with --against: YAML or JSON with parts of requests, by operationId or METHOD /path")
    .option("--negative", "with --against: send invalid requests too, which must be refused")
    .option("--timeout <seconds>", "with --against: for each request (default: 10)", wholeNumber)
    .option("--rate <number>", "with --against: requests in a second, at most (default: no limit)", wholeNumber)
    .option("--concurrency <number>", "with --against: operations at a time (default: 4)", wholeNumber)
    .addHelpText("after", verifyHelp)
    .action(async (spec: string | undefined, { against, ...flags }: SpecFlags & VerifyOptions & Partial<AgainstFlags>) => {
      const config = await resolveConfig(terminal.cwd, userConfig(spec, flags));
      if (against !== undefined) {
        const { againstCommand } = await import("./against.ts");
        return done(await againstCommand(config, { ...flags, against }, terminal));
      }
      const lone = (["methods", "header", "param", "requests", "negative", "timeout", "rate", "concurrency"] as const).find(
        (name) => flags[name] !== undefined,
      );
      if (lone !== undefined) throw new UsageError(`--${lone} goes with --against.`);
      const { verifyCommand } = await import("./verify.ts");
      done(await verifyCommand(config, flags, terminal));
    });

  program
    .command("mock")
    .description("serve a document as if its API were there: answers from fixtures, which remember what is made and changed")
    .argument("[spec]", "the OpenAPI document (default: spec/openapi.yaml)")
    .option("-p, --port <number>", "the port to listen on; 0 for one that is free", wholeNumber, 4010)
    .option("--host <host>", "the address to listen on", "127.0.0.1")
    .option("--watch", "read the document again whenever a file of it changes")
    .option("--auth", "ask for credentials where the document does; any of the right form are good")
    .option("--no-cors", "do not let pages of other origins ask")
    .option("--delay <milliseconds>", "wait before each answer: 200, or 100-400", delay)
    .option("--fail-rate <share>", "fail this share of valid requests, as declared or with 500: 0.1, or 10%", share)
    .option("--dynamic", "make bodies anew for each request, and remember nothing")
    .option("--seed <text>", "what delays, failures and dynamic bodies follow from (default: 0)")
    .option("--no-page", "no page at /")
    .option("--root <folder...>", "a folder outside the document's own that its $refs may reach")
    .option("--allow-host <host...>", "a private host that the document's $refs may reach")
    .option("--overlay <file>", overlayHelp, another)
    .action(async (spec: string | undefined, flags: SpecFlags & MockCommandFlags) => {
      const { mockCommand } = await import("./mock.ts");
      done(await mockCommand(userConfig(spec, flags), { ...flags, watch: flags.watch === true }, terminal));
    });

  program
    .command("lint")
    .description("look for what is wrong or missing in a document")
    .argument("[spec]", "the OpenAPI document (default: spec/openapi.yaml)")
    .addOption(new Option("--format <format>", "how to print").choices(lintFormats).default("pretty"))
    .addOption(
      new Option("--max-warnings <number>", "exit 1 when there are more warnings than this")
        .argParser(wholeNumber)
        .default(Number.POSITIVE_INFINITY, "no limit"),
    )
    .option("--root <folder...>", "a folder outside the document's own that its $refs may reach")
    .option("--allow-host <host...>", "a private host that the document's $refs may reach")
    .option("--overlay <file>", overlayHelp, another)
    .action(async (spec: string | undefined, flags: SpecFlags & { format: LintFormat; maxWarnings: number }) => {
      const { lintCommand } = await import("./lint.ts");
      done(await lintCommand(await resolveConfig(terminal.cwd, userConfig(spec, flags)), flags, terminal));
    });

  for (const command of program.commands) command.copyInheritedSettings(program);
  return program;
}

const overlayHelp = "an OpenAPI Overlay (1.0 or 1.1) to apply to the document first; may be given again";

const verifyHelp = `
Credentials for --against are read from the environment: the variable that x-triad-env names, or OPENAPI_TRIAD_AUTH_<SCHEME>
(user:password for basic). Requests go to this machine only; --allow-host allows another host.
Exit codes: 0 all well, 1 something is broken, 2 the command is wrong or nobody answers.`;

const examples = `
Examples:
  $ openapi-triad generate api.yaml --out src/api --emit client,fixtures
  $ openapi-triad generate --check          in CI: is what is committed up to date?
  $ openapi-triad generate --watch          while you write the document
  $ openapi-triad generate api.yaml --overlay hints.yaml
  $ openapi-triad lint api.yaml             what is wrong, with file:line:col and a cure
  $ openapi-triad mock api.yaml             an API to work against, before there is one
  $ openapi-triad verify api.yaml           does it work, all of it, over real HTTP?
  $ openapi-triad verify api.yaml --against http://127.0.0.1:8000

Settings can live in openapi-triad.config.ts: export default defineConfig({ spec, out, emit, overlay }).
Exit codes: 0 all well, 1 the document or the output is wrong, 2 the command is wrong.`;

interface SpecFlags {
  readonly root?: readonly string[];
  readonly allowHost?: readonly string[];
  readonly overlay?: readonly string[];
}

interface MockCommandFlags extends MockOptions {
  readonly port: number;
  readonly host: string;
  readonly watch?: boolean;
}

interface GenerateFlags extends SpecFlags {
  readonly out?: string;
  /** Checked by `resolveConfig`, which knows a near miss when it sees one. */
  readonly emit?: readonly (EmitterName | "default")[];
  readonly packageName?: string;
  readonly check?: boolean;
  readonly watch?: boolean;
  readonly cache: boolean;
}

function userConfig(spec: string | undefined, flags: Partial<GenerateFlags>): UserConfig {
  return {
    ...(spec === undefined ? {} : { spec }),
    ...(flags.out === undefined ? {} : { out: flags.out }),
    ...(flags.emit === undefined ? {} : { emit: flags.emit }),
    ...(flags.root === undefined ? {} : { roots: flags.root }),
    ...(flags.allowHost === undefined ? {} : { allowHosts: flags.allowHost }),
    ...(flags.overlay === undefined ? {} : { overlay: flags.overlay }),
    ...(flags.packageName === undefined ? {} : { package: { name: flags.packageName } }),
  };
}

/** A flag that may be given several times. */
function another(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function commaSeparated(value: string): readonly string[] {
  return value
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

/** `200`, or `100-400`. */
function delay(value: string): number | readonly [number, number] {
  const [, from, to] = /^(\d{1,7})(?:-(\d{1,7}))?$/.exec(value) ?? [];
  if (from === undefined)
    throw new InvalidArgumentError("It must be milliseconds, such as 200, or from and to, such as 100-400.");
  if (to !== undefined && Number(to) < Number(from)) throw new InvalidArgumentError("The shorter delay comes first.");
  return to === undefined ? Number(from) : [Number(from), Number(to)];
}

/** `0.1`, or `10%`. */
function share(value: string): number {
  const [, number, percent] = /^(\d+(?:\.\d+)?)(%?)$/.exec(value) ?? [];
  const rate = Number(number) / (percent === "%" ? 100 : 1);
  if (!(rate <= 1)) throw new InvalidArgumentError("It must be a share from 0 to 1, such as 0.1, or 10%.");
  return rate;
}

function wholeNumber(value: string): number {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError("It must be a whole number.");
  return Number(value);
}
