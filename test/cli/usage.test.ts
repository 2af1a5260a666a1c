import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openWorkspace, smallDocument, type Workspace } from "../support/command-line.ts";

let workspace: Workspace;
beforeEach(() => {
  workspace = openWorkspace({ "api.yaml": smallDocument() });
});
afterEach(() => workspace.close());

describe("the command line", () => {
  it("tells what there is", async () => {
    const { code, out, err } = await workspace.run(["--help"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatchInlineSnapshot(`
      "Usage: openapi-triad [options] [command]

      One OpenAPI document, three artefacts that prove each other: a typed client,
      server route stubs and fixtures.

      Options:
        -V, --version              output the version number
        -h, --help                 display help for command

      Commands:
        generate [options] [spec]  write client, server, fixtures and the package
                                   around them
        verify [options] [spec]    prove the law: every operation, client → HTTP →
                                   server and back, each status, values equal; invalid
                                   requests refused
        mock [options] [spec]      serve a document as if its API were there: answers
                                   from fixtures, which remember what is made and
                                   changed
        lint [options] [spec]      look for what is wrong or missing in a document
        help [command]             display help for command

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
      Exit codes: 0 all well, 1 the document or the output is wrong, 2 the command is wrong.
      "
    `);
  });

  it("tells of each command", async () => {
    const { code, out } = await workspace.run(["generate", "--help"]);
    expect(code).toBe(0);
    expect(out).toMatchInlineSnapshot(`
      "Usage: openapi-triad generate [options] [spec]

      write client, server, fixtures and the package around them

      Arguments:
        spec                    the OpenAPI document, a path or URL, YAML or JSON;
                                2.0, 3.0, 3.1 or 3.2 (default: spec/openapi.yaml)

      Options:
        -o, --out <folder>      the folder to write (default: generated)
        --emit <names>          which artefacts, comma-separated: types, operations,
                                client, paths-client, openapi-fetch, validators,
                                server, webhooks, openapi, fixtures, msw, package,
                                docs (default: all but openapi-fetch, msw and openapi;
                                "default,msw" adds one)
        --package-name <name>   the npm name of the package that is made
        --root <folder...>      a folder outside the document's own that its $refs may
                                reach
        --allow-host <host...>  a private host that the document's $refs may reach
        --overlay <file>        an OpenAPI Overlay (1.0 or 1.1) to apply to the
                                document first; may be given again
        --check                 write nothing: name what is changed, missing or
                                orphaned, and exit 1 if anything is
        --watch                 generate again whenever a file changes that was read,
                                until Ctrl+C
        --no-cache              do all the work, even if nothing has changed since the
                                last run
        -h, --help              display help for command
      "
    `);
  });

  it.each([
    ["a command", ["generat"], "generate"],
    ["a flag", ["generate", "api.yaml", "--chek"], "--check"],
    ["an artefact", ["generate", "api.yaml", "--emit", "types,clinet"], "client"],
    ["a format", ["lint", "api.yaml", "--format", "jsn"], "json"],
  ])("helps with %s that is mistyped", async (_, argv, meant) => {
    const { code, out, err } = await workspace.run(argv);
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(err).toContain(meant);
    expect(err).not.toContain("    at ");
  });

  it("takes an empty list of artefacts for a mistake, and not for the wish to remove all", async () => {
    const { code, err } = await workspace.run(["generate", "api.yaml", "--emit", ""]);
    expect(code).toBe(2);
    expect(err).toMatch(/^openapi-triad: No artefact is named; there are types, /);
  });

  it("asks for a command when there is none", async () => {
    const { code, out, err } = await workspace.run([]);
    expect(code).toBe(2);
    expect(out + err).toContain("Usage: openapi-triad");
  });

  it("owns up to its own mistakes", async () => {
    const broken = "data:text/javascript,Number.prototype.toLocaleString = () => { throw new Error('boom') }";
    const { code, err } = await workspace.run(["lint", "api.yaml"], { NODE_OPTIONS: `--import="${broken}"` });
    expect(code).toBe(70);
    expect(err).toMatch(/^openapi-triad failed: this is a mistake of ours, and worth a report\.\nError: boom\n {4}at /);
  });

  it("has no colours in a pipe, unless they are asked for, and never against NO_COLOR", async () => {
    workspace.put("api.yaml", smallDocument({ "schemas/Pet": "schemas/Pets" }));
    const lint = (environment: Record<string, string>) =>
      workspace.run(["lint", "api.yaml"], environment).then(({ out, err }) => out + err);
    expect(await lint({})).not.toContain("\u001b");
    expect(await lint({ FORCE_COLOR: "1" })).toContain("\u001b[3");
    expect(await lint({ FORCE_COLOR: "1", NO_COLOR: "1" })).not.toContain("\u001b");
  });
});

describe("verify", () => {
  it("proves a document, and says how much", async () => {
    const { code, out, err } = await workspace.run(["verify", "api.yaml"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out.replace(/\d+\.\d s/, "… s")).toBe(`               all   pass   fail   impossible
  operations     1      1      0            0
  ✓ 1 response · 5 edges · 1 invalid request refused · client → server → client, every value equal
  1 of 1 operation passes · … s
`);
  });

  it("reports as JSON", async () => {
    const { code, out } = await workspace.run(["verify", "api.yaml", "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      passed: true,
      responses: 1,
      refused: 1,
      operations: [{ id: "getPet", verdict: "pass" }],
    });
  });

  it("tells of its flags", async () => {
    const { out } = await workspace.run(["verify", "--help"]);
    expect(out).toMatchInlineSnapshot(`
      "Usage: openapi-triad verify [options] [spec]

      prove the law: every operation, client → HTTP → server and back, each status,
      values equal; invalid requests refused

      Arguments:
        spec                    the OpenAPI document (default: spec/openapi.yaml)

      Options:
        --root <folder...>      a folder outside the document's own that its $refs may
                                reach
        --allow-host <host...>  a private host that the document's $refs may reach
        --overlay <file>        an OpenAPI Overlay (1.0 or 1.1) to apply to the
                                document first; may be given again
        --json                  print the report as JSON on stdout
        --threads <number>      threads to prove a document on (default: by its size;
                                0: none beside the first)
        --against <url>         send valid requests to a live server instead, and tell
                                where it breaks the document
        --methods <names>       with --against: which operations to send, or all
                                (default: get,head,options,query)
        --header <header>       with --against: sent with every request, as "Name:
                                value"; may be given again
        --param <name=value>    with --against: the value of a parameter; may be given
                                again
        --requests <file>       with --against: YAML or JSON with parts of requests,
                                by operationId or METHOD /path
        --negative              with --against: send invalid requests too, which must
                                be refused
        --timeout <seconds>     with --against: for each request (default: 10)
        --rate <number>         with --against: requests in a second, at most
                                (default: no limit)
        --concurrency <number>  with --against: operations at a time (default: 4)
        -h, --help              display help for command

      Credentials for --against are read from the environment: the variable that x-triad-env names, or OPENAPI_TRIAD_AUTH_<SCHEME>
      (user:password for basic). Requests go to this machine only; --allow-host allows another host.
      Exit codes: 0 all well, 1 something is broken, 2 the command is wrong or nobody answers.
      "
    `);
  });
});

describe("lint", () => {
  it("exits 1 for an error, and for more warnings than are allowed", async () => {
    expect((await workspace.run(["lint", "api.yaml"])).code).toBe(0);
    expect((await workspace.run(["lint", "api.yaml", "--max-warnings", "0"])).code).toBe(1);
    expect((await workspace.run(["lint", "api.yaml", "--max-warnings", "few"])).code).toBe(2);
    workspace.put("api.yaml", smallDocument({ "schemas/Pet": "schemas/Pets" }));
    const { code, out } = await workspace.run(["lint", "api.yaml", "--format", "json"]);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual(expect.arrayContaining([expect.objectContaining({ code: "reference-not-found" })]));
  });
});

describe("the config file", () => {
  it("may be TypeScript, and use types", async () => {
    workspace.put(
      "openapi-triad.config.ts",
      'const out: string = "made";\nexport default { spec: "api.yaml", out, emit: ["types"] };\n',
    );
    expect(await workspace.run(["generate"])).toMatchObject({ code: 0, err: "" });
    expect(Object.keys(workspace.texts("made"))).toEqual([".openapi-triad.json", "types.ts"]);
  });

  it("gives way to flags", async () => {
    workspace.put("openapi-triad.config.mjs", 'export default { spec: "none.yaml", out: "made", emit: ["types"] };\n');
    expect(await workspace.run(["generate", "api.yaml", "--out", "other"])).toMatchObject({
      code: 0,
      err: "",
    });
    expect(Object.keys(workspace.texts("other"))).toEqual([".openapi-triad.json", "types.ts"]);
  });

  it.each([
    [
      "an option that is mistyped",
      '{ "specs": "api.yaml" }',
      'openapi-triad: openapi-triad.config.json: "specs" is not an option. Did you mean "spec"?\n',
    ],
    [
      "a value of the wrong kind",
      '{ "emit": "types" }',
      'openapi-triad: openapi-triad.config.json: "emit" must be a list of texts.\n',
    ],
    ["no object", '["types"]', "openapi-triad: openapi-triad.config.json must export a configuration as its default.\n"],
  ])("is refused with %s", async (_, text, message) => {
    workspace.put("openapi-triad.config.json", text);
    expect(await workspace.run(["generate"])).toEqual({ code: 2, out: "", err: message });
  });

  it("is refused in words when it cannot be read", async () => {
    workspace.put("openapi-triad.config.js", "export default {\n");
    const { code, err } = await workspace.run(["generate"]);
    expect(code).toBe(2);
    expect(err).toMatch(/^openapi-triad: openapi-triad\.config\.js cannot be read: /);
    expect(err).not.toContain("    at ");
  });
});
