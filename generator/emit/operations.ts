import type { ApiModel, Operation } from "../model/api-model.ts";
import { contentPlan, hasChoices, planOf } from "../model/codecs.ts";
import { describeOperation, type Coding } from "../model/descriptor.ts";
import { hookFamilies } from "../model/hook-families.ts";
import { wireMethod } from "../model/route.ts";
import { counting, type Counted, type Emitter, type FilePlan } from "./emitter.ts";
import { CodecsFile } from "./operations/codecs-file.ts";
import { header } from "./text/header.ts";
import { jsdoc } from "./text/jsdoc.ts";
import { holdsInheritedName, literal, type Literal } from "./text/literal.ts";

/** `operations.ts`: what client and server both know of each operation at run time. */
export const operationsEmitter: Emitter = {
  name: "operations",
  needs: [],
  emit(model, { sourceFolder, emitting, progress }) {
    const families = emitting.has("webhooks") ? hookFamilies(model) : [];
    const codecs = new CodecsFile(model);
    const text = (path: string, content: string): FilePlan => ({ kind: "text", path: `${sourceFolder}${path}`, text: content });
    const operations = [
      text("operations.ts", operationsText(model, codecs, progress)),
      ...families.map((family) => text(`${family.kind}-operations.ts`, operationsText(family.model, codecs))),
    ];
    const modules = ["operation.ts", ...(hasChoices(model) ? codecs.modules() : [])];
    return [
      ...operations,
      ...(hasChoices(model) ? [text("codecs.ts", codecs.print())] : []),
      ...modules.map((module): FilePlan => ({ kind: "runtime", path: `${sourceFolder}runtime/${module}`, module })),
    ];
  },
};

function operationsText(model: ApiModel, codecs: CodecsFile, progress?: Counted): string {
  const coding = codingOf(model, codecs);
  const blocks = counting(progress, "operation", model.operations, (operation) => operationBlock(coding, operation));
  const container = blocks.some((block) => block.includes(" codecs.")) ? 'import * as codecs from "./codecs.js";\n' : "";
  // A document may have webhooks alone; what is then left must still be a module.
  const first =
    blocks.length === 0 ? "export {};\n" : `${container}import type { OperationDescriptor } from "./runtime/operation.js";\n`;
  return [header, first, ...blocks].join("\n");
}

function operationBlock(coding: Coding<Literal>, operation: Operation): string {
  const descriptor = describeOperation(coding, operation);
  const documentation = jsdoc([`\`${wireMethod(operation.method)} ${operation.path}\``]);
  return `${documentation}export const ${operation.name}: OperationDescriptor = ${literal(descriptor, { expand: true })}${holdsInheritedName(descriptor) ? " as const" : ""};\n`;
}

function codingOf(model: ApiModel, codecs: CodecsFile): Coding<Literal> {
  return {
    model,
    value(schema, wish) {
      const plan = planOf(model, schema);
      return plan === undefined ? {} : { codec: codecs.use(plan, wish) };
    },
    body(content, wish) {
      const plan = contentPlan(model, content);
      const json = plan === undefined || content.kind !== "json" ? undefined : codecs.exactJson(plan);
      return { ...(plan === undefined ? {} : { codec: codecs.use(plan, wish) }), ...(json === undefined ? {} : { json }) };
    },
  };
}
