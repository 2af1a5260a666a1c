import type { ApiModel } from "../../model/api-model.ts";
import type { Statement } from "../emitter.ts";
import { jsdoc } from "../text/jsdoc.ts";

/** What such handlers are given, one by one. */
export const streamExports: readonly Statement[] = [
  {
    kind: "ExportDeclaration",
    isTypeOnly: true,
    namedExports: ["StreamedPart"],
    moduleSpecifier: "./runtime/server/stream-parts.js",
  },
];

/** Whether there is a body that may be larger than memory. */
export function hasStreams({ operations }: ApiModel): boolean {
  return operations.some(({ body }) => body?.contents.some(({ kind }) => kind === "multipart" || kind === "binary"));
}

/** The function that marks such handlers. */
export function streamedText(model: ApiModel, secured: boolean): string[] {
  if (!hasStreams(model)) return [];
  const documentation = jsdoc([
    "Makes a handler of one that reads a multipart or binary body itself, while it arrives: `body` is the parts of the form, one after the other, or a stream of bytes. No more than a piece of it is held in memory. What is wrong with the body is thrown where it is read, and answered as for any other handler.",
  ]);
  const [parameters, names, handler] = secured
    ? [
        "\n  Id extends keyof operations,\n  Context = undefined,\n  Who extends Principals = Principals,\n",
        "Id, Context, Who",
        "StreamedHandler<operations[Id], Context, OperationSecurity<Who>[Id], Who>",
      ]
    : ["Id extends keyof operations, Context = undefined", "Id, Context", "StreamedHandler<operations[Id], Context, undefined>"];
  const body =
    "  // A router reads the mark, and gives the handler what its type says.\n  return markStreamed(handler) as unknown as Handler<NAMES>;\n";
  return [
    `${documentation}export function streamed<${parameters}>(\n  handler: ${handler},\n): Handler<${names}> {\n${body.replace("NAMES", names)}}\n`,
  ];
}
