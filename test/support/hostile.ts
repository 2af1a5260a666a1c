import ts from "typescript";
import type { OpenApiObject, Schema } from "../../generator/openapi/shapes.ts";

let count = 0;

/** A text that tries every way out of the place it is put in; each holds identifiers of its own that begin with `EVIL_`. */
function evil(): string {
  const name = `EVIL_${(count += 1)}`;
  return [
    `${name}*/ ${name}a(); /*`,
    `"; ${name}b(); "`,
    `'; ${name}c(); '`,
    `\`; ${name}d(); \``,
    `\${${name}e()}`,
    `\n${name}f();\n`,
    `\r${name}g();`,
    `\u2028${name}h();\u2029${name}i();`,
    `\\"; ${name}j(); //`,
    `</script><!-- ${name}k() -->`,
    `]; ${name}l(); [`,
    `}; ${name}m(); {`,
    `{{${name}n}} {{{${name}o}}} <%= ${name}p %>`,
    `@type {${name}q}`,
    `{@link ${name}r}`,
    `]]> <img src=x onerror=${name}s()> <svg/onload=${name}t()>`,
    `\u202e${name}u();\u2066${name}v();\u2069\u202c \u200f`, // https://trojansource.codes
    `\u0000${name}w();\u001b[2J\u0085${name}x();`,
    `__proto__ ../../${name}y %2e%2e%2f`,
  ].join(" ");
}

/**
 * A normalized document in which every text that the specification leaves to its author tries to become code. Names that
 * the wire restricts (headers, methods, media types) are as bad as they can be and still be sent.
 */
export function hostileDocument(): OpenApiObject {
  count = 0;
  const text = evil();
  const properties: Record<string, Schema> = Object.fromEntries([
    ...[
      "__proto__",
      "constructor",
      "toString",
      "hasOwnProperty",
      "prototype",
      "then",
      "toJSON",
      "default",
      "class",
      "0",
      "-1",
      "",
      " ",
      "a b",
      'a"b',
      "a'b",
      "a`b",
      "a\\b",
      "a\nb",
      "a\u2028b",
      "*/",
      "${x}",
    ].map((name): [string, Schema] => [name, { type: "string", description: evil() }]),
    [
      evil(),
      {
        type: "string",
        title: evil(),
        description: evil(),
        default: evil(),
        examples: [evil()],
        pattern: `^${evil()}/\n\u2028[/]*$`.replace(/[{}()[\]]/g, ""),
        format: evil(),
      },
    ],
    [evil(), { enum: [evil(), evil(), null, { [evil()]: evil() }] }],
    [evil(), { const: evil() }],
    ["slash", { type: "string", pattern: "a/b\n`${EVIL_pattern()}\u2028\\/" }],
    ["list", { type: "array", items: { type: "string", enum: [evil()] }, default: [evil()], examples: [[evil()]] }],
  ]);
  const evilSchema: Schema = {
    type: "object",
    title: evil(),
    description: evil(),
    properties,
    required: [...Object.keys(properties).slice(0, 8), evil()],
    externalDocs: { url: `https://example.com/${evil()}`, description: evil() },
  };
  return {
    openapi: "3.1.0",
    info: {
      title: text,
      version: evil(),
      description: evil(),
      summary: evil(),
      termsOfService: evil(),
      contact: { name: evil(), url: evil(), email: evil() },
      license: { name: evil(), identifier: evil() },
    },
    servers: [
      {
        url: `https://example.com/{v}/${evil()}`,
        description: evil(),
        variables: { v: { default: evil(), enum: [evil()], description: evil() } },
      },
    ],
    tags: [{ name: evil(), description: evil(), externalDocs: { url: evil(), description: evil() } }],
    externalDocs: { url: evil(), description: evil() },
    paths: {
      [`/evil/{id}/${evil().replace(/[{}]/g, "")}`]: {
        summary: evil(),
        description: evil(),
        post: {
          operationId: evil(),
          summary: evil(),
          description: evil(),
          deprecated: true,
          tags: [evil()],
          externalDocs: { url: evil(), description: evil() },
          parameters: [
            { name: "id", in: "path", required: true, schema: { type: "string", description: evil() }, description: evil() },
            { name: evil(), in: "query", schema: { type: "string", default: evil(), enum: [evil()] }, description: evil() },
            {
              name: evil(),
              in: "query",
              schema: { type: "object", properties: { [evil()]: { type: "string" } } },
              description: evil(),
            },
            { name: "X-Evil'`", in: "header", schema: { type: "string" }, description: evil() },
            { name: evil(), in: "cookie", schema: { type: "string" }, description: evil() },
          ],
          requestBody: {
            description: evil(),
            required: true,
            content: {
              "application/json": {
                schema: { $ref: "#/components/schemas/Evil" },
                examples: { [evil()]: { summary: evil(), description: evil(), value: evil() } },
              },
              "application/x-evil'`+json": { schema: { $ref: "#/components/schemas/Evil" } },
              "multipart/form-data": {
                schema: { type: "object", properties: { [evil()]: { type: "string" } } },
                encoding: { [evil()]: { contentType: "text/plain" } },
              },
            },
          },
          responses: {
            "200": {
              description: evil(),
              headers: { "X-Evil'`": { description: evil(), schema: { type: "string" } } },
              content: { "application/json": { schema: { $ref: "#/components/schemas/Evil" } } },
              links: {
                [evil()]: {
                  operationId: evil(),
                  description: evil(),
                  parameters: { [evil()]: `$request.${evil()}` },
                  requestBody: evil(),
                },
              },
            },
            default: { description: evil() },
          },
          security: [{ [text]: [evil()] }],
          servers: [{ url: evil(), description: evil() }],
          [`x-${evil()}`]: { [evil()]: evil() },
        },
      },
    },
    webhooks: { [evil()]: { post: { operationId: evil(), description: evil(), responses: { "200": { description: evil() } } } } },
    components: {
      schemas: {
        Evil: evilSchema,
        [evil()]: { type: "string", enum: [evil()] },
        "*/": { type: "object", description: evil() },
        "../../EVIL_path": { type: "object", properties: { "../../EVIL_path": { type: "string" } } },
        EvilUnion: {
          oneOf: [{ $ref: "#/components/schemas/Evil" }, { $ref: "#/components/schemas/*~1" }],
          discriminator: {
            propertyName: evil(),
            mapping: { [evil()]: "#/components/schemas/Evil", [evil()]: "#/components/schemas/*~1" },
          },
        },
        EvilPatterns: { type: "object", patternProperties: { [evil().replace(/[{}()[\]\\]/g, "")]: { description: evil() } } },
        __proto_: { const: evil() },
      },
      securitySchemes: {
        [evil()]: {
          type: "oauth2",
          description: evil(),
          flows: { clientCredentials: { tokenUrl: evil(), refreshUrl: evil(), scopes: { [evil()]: evil() } } },
        },
        [evil()]: { type: "openIdConnect", openIdConnectUrl: evil(), description: evil() },
        [text]: { type: "apiKey", in: "query", name: evil(), description: evil() },
      },
    },
  };
}

/** The identifiers in a TypeScript text that come from a hostile document, beside what TypeScript cannot parse. None is right. */
export function foreignIdentifiers(text: string): string[] {
  const file = ts.createSourceFile("hostile.ts", text, ts.ScriptTarget.ES2022, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && /EVIL_/.test(node.text)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  // The parser's own problems are not in its public types; there is no other way to them without a whole program.
  const { parseDiagnostics } = file as unknown as { readonly parseDiagnostics: readonly ts.Diagnostic[] };
  return [
    ...found,
    ...parseDiagnostics.map((problem) => `TS${problem.code} ${ts.flattenDiagnosticMessageText(problem.messageText, " ")}`),
  ];
}
