import type { OperationDescriptor, RequestParts } from "../operation.js";
import type { OperationValidators, ValueContract } from "../validation/operation-validators.js";
import { fromWire, judged } from "../formats/apply.js";
import {
  decodeCookies,
  decodeHeaders,
  decodePath,
  decodeQuery,
  type Decoded,
  type Shapes,
  unknownNames,
} from "../wire/decode-parameters.js";
import type { WireProblem } from "../wire/errors.js";
import type { Limits } from "./limits.js";
import { readBody } from "./read-body.js";
import { validate } from "./validate.js";

type Contracts = { readonly [name: string]: ValueContract };
type Location = "path" | "query" | "header" | "cookie";

/** What a request holds, or everything that is wrong with it, or the media type that nothing reads. */
export type ReadRequest =
  | { readonly kind: "read"; readonly parts: RequestParts }
  | { readonly kind: "invalid"; readonly problems: readonly WireProblem[] }
  | { readonly kind: "unsupported"; readonly contentType: string | null };

/** How the requests of an operation are read. */
export interface ReadSettings {
  readonly limits: Limits;
  readonly unknownQuery: "ignore" | "refuse";
  readonly readOnly: "drop" | "refuse" | "accept";
  readonly bodyDefaults: boolean;
  /** Whether the handler reads files itself, as they arrive. */
  readonly streamed: boolean;
  /** Names in the query that belong to security schemes. */
  readonly foreign: readonly string[];
}

/**
 * Decodes and checks a request. Parameters and body are looked at together, so that one answer names every problem. Text is decoded
 * by the schema; JSON is never coerced; defaults stand in for what is absent. Throws a LimitError when the body holds more than it may.
 */
export async function readRequest(
  operation: OperationDescriptor,
  validators: OperationValidators,
  request: Request,
  texts: { readonly [name: string]: string },
  settings: ReadSettings,
): Promise<ReadRequest> {
  const parameters = operation.parameters ?? [];
  const problems: WireProblem[] = [];
  // What the path fixes of the query has done its work, and no map of the remaining names shall take it.
  const foreign = [...settings.foreign, ...new URLSearchParams(operation.route?.query).keys()];
  const { search } = new URL(request.url);
  const take = (
    location: Location,
    contracts: Contracts = {},
    decode: (shapes: Shapes) => Decoded,
  ): { readonly [name: string]: unknown } =>
    check(operation, location, contracts, decode(shapesOf(contracts)), problems);

  const path = take("path", validators.path, (shapes) => decodePath(parameters, shapes, texts));
  const query = take("query", validators.query, (shapes) => decodeQuery(parameters, shapes, search, foreign));
  if (settings.unknownQuery === "refuse")
    for (const name of unknownNames(parameters, shapesOf(validators.query ?? {}), search, foreign))
      problems.push({ in: "query", name, pointer: "", keyword: "unknown", message: "is not a parameter" });
  const header = take("header", validators.header, (shapes) =>
    decodeHeaders(parameters, shapes, request.headers),
  );
  const cookie = take("cookie", validators.cookie, (shapes) =>
    decodeCookies(parameters, shapes, request.headers.get("cookie")),
  );

  const body = await readBody(operation, validators, request, settings, problems);
  if (body === "unsupported")
    return { kind: "unsupported", contentType: request.headers.get("content-type") };
  return problems.length > 0
    ? { kind: "invalid", problems }
    : { kind: "read", parts: { path, query, header, cookie, ...body } };
}

function check(
  operation: OperationDescriptor,
  location: Location,
  contracts: Contracts,
  decoded: Decoded,
  problems: WireProblem[],
): { readonly [name: string]: unknown } {
  problems.push(...decoded.problems);
  const broken = new Set(decoded.problems.map((problem) => problem.name));
  const values = new Map(Object.entries(decoded.values));
  for (const parameter of operation.parameters ?? []) {
    if (parameter.in !== location && !(parameter.in === "querystring" && location === "query")) continue;
    const { name } = parameter;
    if (broken.has(name)) continue;
    const contract = Object.hasOwn(contracts, name) ? contracts[name] : undefined;
    const place = { in: parameter.in, name };
    if (values.has(name)) {
      const wire = values.get(name);
      if (validate(contract, judged(parameter.codec, wire), place, problems))
        values.set(name, fromWire(parameter.codec, wire, place, problems));
    } else if (contract !== undefined && "default" in contract) {
      // A copy: a handler that changes what it gets must not change the default of the next request.
      values.set(name, fromWire(parameter.codec, structuredClone(contract.default), place, problems));
    } else if (parameter.required === true) {
      problems.push({ ...place, pointer: "", keyword: "required", message: "is required" });
    }
  }
  return Object.fromEntries(values);
}

function shapesOf(contracts: Contracts): Shapes {
  return Object.fromEntries(
    Object.entries(contracts).map(([name, contract]) => [name, contract.shape ?? "any"]),
  );
}
