import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { clientEmitter } from "../../generator/emit/client.ts";
import { operationsEmitter } from "../../generator/emit/operations.ts";
import { typesEmitter } from "../../generator/emit/types.ts";
import type { OpenApiObject } from "../../generator/openapi/shapes.ts";
import { typeErrors } from "../support/compile.ts";
import { contextOf, textOf } from "../support/compiled.ts";
import { modelOf } from "../support/model.ts";

/** A scheme of each kind. */
async function secured(): Promise<OpenApiObject> {
  const text = await readFile(new URL("../cases/security/spec.yaml", import.meta.url), "utf8");
  return parse(text) as OpenApiObject; // A document that other tests read whole.
}

async function filesOf(document: OpenApiObject): Promise<Record<string, string>> {
  const model = modelOf(document);
  const plans = [typesEmitter, operationsEmitter, clientEmitter].flatMap((emitter) => emitter.emit(model, contextOf()));
  return Object.fromEntries(await Promise.all(plans.map(async (plan) => [plan.path, await textOf(plan)] as const)));
}

describe("The credentials of an emitted client", () => {
  test("are told what they are", async () => {
    const files = await filesOf(await secured());
    const text = Object.values(files).find((file) => file.includes("export interface ClientOptions")) ?? "";
    const options = text.slice(text.indexOf("  /** Credentials by"), text.indexOf("  /** Sent with every request"));
    expect(options).toMatchInlineSnapshot(`
      "  /** Credentials by security scheme; a function is asked before each request. */
        readonly auth?: {
          /**
           * A token of yours.
           *
           * Default: the environment variable \`SECURITY_TOKEN\`, where there is an environment.
           */
          readonly bearer?: Token | undefined;

          readonly basic?: BasicLogin | undefined;

          /**
           * What follows \`digest\` in the header \`Authorization\`, as it is. A scheme that answers a challenge, as
           * Digest (RFC 7616) does, needs a \`fetch\` of one's own.
           */
          readonly digest?: Token | undefined;

          readonly key?: Token | undefined;

          readonly secret?: Token | undefined;

          /**
           * Sent as the cookie \`session\`. Browsers let no program send cookies: leave it out there, and the browser
           * sends its own.
           */
          readonly cookie?: Token | undefined;

          /**
           * An access token of OAuth 2, or what gets them: \`clientCredentials\` with \`https://example.com/token\`.
           */
          readonly oauth?: Token | undefined;

          /**
           * An access token of the OpenID provider at \`https://example.com/.well-known/openid-configuration\`, or
           * what gets them: \`refreshing\`.
           */
          readonly openId?: Token | undefined;
        };

      "
    `);
    expect(text).toContain("Mutual TLS (`tls`) is met below HTTP: a `fetch` that has the certificate of the client.");
    expect(files["index.ts"]).toContain("clientCredentials");
  });

  test("come from the environment, each from its own variable", async () => {
    const document = await secured();
    const schemes = document.components?.securitySchemes ?? {};
    const named = { ...schemes.secret, "x-triad-env": "THE_SECRET" };
    const files = await filesOf({
      ...document,
      components: {
        ...document.components,
        securitySchemes: {
          ...schemes,
          key: { ...schemes.key, "x-triad-env": "THE_KEY" },
          secret: named,
          "a-b": named,
          basic: { ...schemes.basic, "x-triad-env": "THE_LOGIN" },
        } as NonNullable<typeof document.components>["securitySchemes"] & object,
      },
    });
    expect(typeErrors({ ...files, "use.ts": use })).toEqual([]);
    const core = files["core.ts"] ?? "";
    expect(core.slice(core.indexOf("    auth: {"), core.indexOf("    features:"))).toMatchInlineSnapshot(`
      "    auth: {
            ...options.auth,
            bearer: options.auth?.bearer ?? environment("SECURITY_TOKEN"),
            basic: options.auth?.basic ?? environmentLogin("THE_LOGIN"),
            key: options.auth?.key ?? environment("THE_KEY"),
            secret: options.auth?.secret ?? environment("THE_SECRET"),
            "a-b": options.auth?.["a-b"] ?? environment("THE_SECRET"),
          },
      "
    `);
    expect(core).toContain("Default: the environment variable `THE_KEY`, where there is an environment.");
    expect(core).toContain(
      "Default: the environment variable `THE_LOGIN`, written `user:password`, where there is an environment.",
    );
  });

  test("have the type of their scheme's kind, and no other compiles", async () => {
    const files = await filesOf(await secured());
    expect(typeErrors({ ...files, "use.ts": use })).toEqual([]);
  });

  test("bring no OAuth 2 along where no scheme takes tokens", async () => {
    const document = await secured();
    const key = { key: { type: "apiKey", in: "header", name: "X-Key" } } as const;
    const files = await filesOf({ ...document, security: [], paths: {}, components: { securitySchemes: key } });
    expect(Object.keys(files).filter((name) => name.includes("oauth2"))).toEqual([]);
    expect(files["index.ts"]).not.toContain("oauth2");
  });
});

const use = `import { clientCredentials, createClient, refreshing } from "./index.js";
const oauth = clientCredentials({ tokenUrl: "https://example.com/token", clientId: "c", clientSecret: "s", scopes: ["a"] });
const user = refreshing({ tokenUrl: "https://example.com/token", clientId: "c", refreshToken: "r", onTokens: async () => {} });
createClient({ auth: { oauth, openId: user, bearer: "t", key: () => undefined, digest: async () => "d" } });
createClient({ auth: { basic: { username: "a", password: "b" }, bearer: ({ rejected }) => rejected ?? "t" } });
createClient({ auth: { basic: async () => ({ username: "a", password: "b" }), secret: undefined } });
// @ts-expect-error A password alone is no login.
createClient({ auth: { basic: "token" } });
// @ts-expect-error Nor is a token.
createClient({ auth: { basic: oauth } });
// @ts-expect-error A login is no token.
createClient({ auth: { bearer: { username: "a", password: "b" } } });
// @ts-expect-error Nor is a function that gives one.
createClient({ auth: { key: () => ({ username: "a", password: "b" }) } });
// @ts-expect-error Options of OAuth 2 are not what gets tokens.
createClient({ auth: { oauth: { tokenUrl: "https://example.com/token", clientId: "c", clientSecret: "s" } } });
// @ts-expect-error Certificates are no business of the client.
createClient({ auth: { tls: "certificate" } });
// @ts-expect-error There is no such scheme.
createClient({ auth: { other: "t" } });
// @ts-expect-error The grant needs a secret.
clientCredentials({ tokenUrl: "https://example.com/token", clientId: "c" });
// @ts-expect-error There are two ways to say who one is.
clientCredentials({ tokenUrl: "https://example.com/token", clientId: "c", clientSecret: "s", clientAuthentication: "jwt" });
`;
