import { child } from "../../diagnostics/location.ts";
import { methods } from "../../openapi/shapes.ts";
import { rule } from "../rule.ts";

/** A method among the additional ones that has a field of its own; `fetch` takes `get` for `GET` (https://fetch.spec.whatwg.org/#methods). */
export const additionalOperationKnown = rule("additional-operation-known", ({ document, survey }, report) => {
  for (const { item, at } of survey.paths)
    for (const method of Object.keys(item.additionalOperations ?? {})) {
      const field = methods.find((known) => known === method.toLowerCase());
      if (field === undefined) continue;
      const operation = item.additionalOperations?.[method];
      const place = operation === undefined ? child(at, "additionalOperations", method) : document.locate(operation);
      report(place, { method, field }, { atKey: true });
    }
});
