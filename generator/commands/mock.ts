import { resolveConfig, UsageError, type Config, type UserConfig } from "../config.ts";
import { printDiagnostics } from "../diagnostics/print.ts";
import { type Access, watched } from "../mock/access.ts";
import { CannotListen, isLoopback, listen } from "../mock/listen.ts";
import { mockOf, type MockOptions } from "../mock/mock.ts";
import { createSwitch } from "../mock/switch.ts";
import { understand, type Understood } from "../pipeline.ts";
import { configFiles } from "./config-files.ts";
import { count, type ExitCode, type Terminal } from "./terminal.ts";
import { createChanges, type Changes } from "./watch.ts";

/** What the command line says beside the document. */
export interface MockFlags extends MockOptions {
  readonly port: number;
  readonly host: string;
  readonly watch: boolean;
}

/**
 * `openapi-triad mock`: serves a document as if its API were there, until Ctrl+C; exit 1 when the document has errors. With `--watch` it is
 * read again whenever a file of it changes; while it has errors, what was served before goes on.
 */
export async function mockCommand(user: UserConfig, flags: MockFlags, terminal: Terminal): Promise<ExitCode> {
  const changes = createChanges(terminal);
  const door = createSwitch();
  try {
    const first = await read(user, changes, terminal);
    if (!open(first, door, flags, terminal)) return 1;
    const server = await listen(door.router, flags).catch((error: unknown) => {
      throw error instanceof CannotListen ? new UsageError(error.message) : error;
    });
    const { bold, dim } = terminal.colors;
    if (!isLoopback(flags.host)) terminal.err(`The mock listens on ${flags.host}: whoever reaches this machine reaches it.\n`);
    terminal.out(`  Mocking ${bold(first.model?.info.title ?? "")} on ${bold(server.url)}   ${dim("(docs: /, stop: Ctrl+C)")}\n`);
    // What is looked at is known from the first reading on; without --watch only Ctrl+C is waited for.
    if (!flags.watch) changes.forget();
    while (await changes.next()) {
      const again = await read(user, changes, terminal);
      if (open(again, door, flags, terminal)) terminal.out(`  ${dim("Read again; what was made and changed is forgotten.")}\n`);
      else terminal.err("The mock goes on as before.\n");
    }
    await server.close();
    return 0;
  } finally {
    changes.close();
  }
}

/** Reads the document. What is wrong with it is shown; of warnings only how many there are. */
async function read(user: UserConfig, changes: Changes, terminal: Terminal): Promise<Partial<Understood>> {
  const settings = configFiles(terminal.cwd);
  const config = await resolved(user, changes, terminal);
  changes.follow(settings);
  if (config === undefined) return {};
  const understood = await understand(config, (stage, detail) => terminal.progress(`${stage} ${detail}`));
  terminal.progress("");
  changes.follow(settings, understood.trace);
  const { diagnostics, sources } = understood;
  const errors = diagnostics.all.filter(({ severity }) => severity === "error");
  const warnings = diagnostics.all.filter(({ severity }) => severity === "warning").length;
  if (errors.length > 0) {
    terminal.err(printDiagnostics(errors, { sources, cwd: terminal.cwd, colors: terminal.colors }));
    terminal.err(`${count(errors.length, "error")}\n`);
  } else if (warnings > 0) terminal.err(`${count(warnings, "warning")}; openapi-triad lint shows them.\n`);
  return understood;
}

/** A mistake in the settings ends the command at once, but not one that was made while it runs. */
async function resolved(user: UserConfig, changes: Changes, terminal: Terminal): Promise<Config | undefined> {
  try {
    return await resolveConfig(terminal.cwd, user);
  } catch (error) {
    if (!(error instanceof UsageError) || !changes.running) throw error;
    terminal.err(`openapi-triad: ${error.message}\n`);
    return undefined;
  }
}

/** Serves what was read; false when it has errors. */
function open(
  { model, diagnostics }: Partial<Understood>,
  door: ReturnType<typeof createSwitch>,
  flags: MockFlags,
  terminal: Terminal,
): boolean {
  if (model === undefined || diagnostics?.failed !== false) return false;
  const { router } = mockOf(model, flags);
  door.turn(watched(router, model, terminal.now, (access) => terminal.out(accessLine(access, terminal))));
  return true;
}

/** `  12:01:07  POST /api/environments/1/query/  202  3 ms   environmentsQueryCreate`; below it, why a request was refused. */
export function accessLine(
  { method, target, status, milliseconds, operation, refusal }: Access,
  { colors, clock }: Pick<Terminal, "colors" | "clock">,
): string {
  const time = clock().toTimeString().slice(0, 8);
  const paint = status < 300 ? colors.green : status < 400 ? colors.cyan : status < 500 ? colors.yellow : colors.red;
  const took = `${milliseconds < 10 ? Number(milliseconds.toFixed(1)) : Math.round(milliseconds)} ms`;
  // What a caller sends must not write to the terminal as it likes.
  const shown = target.replace(/[^\x20-\x7e]/g, (character) => encodeURIComponent(character));
  const line = `  ${colors.dim(time)}  ${colors.bold(method)} ${shown}  ${paint(String(status))}  ${colors.dim(took)}`;
  const reason = refusal === undefined ? "" : `            ${paint(refusal)}\n`;
  return `${line}${operation === undefined ? "" : `   ${operation}`}\n${reason}`;
}
