import type { OperationDescriptor, RequestParts } from "../operation.js";
import type { OperationValidators, ValueContract } from "../validation/operation-validators.js";
import type { Problem } from "../validation/validator.js";
import { bodyFromWire, fromWire, judged } from "../formats/apply.js";
import { decodeBody } from "../wire/decode-body.js";
import {
  decodeCookies,
  decodeHeaders,
  decodePath,
  decodeQuery,
  type Decoded,
  type Shapes,
} from "../wire/decode-parameters.js";
import { DecodeError, type WireProblem } from "../wire/errors.js";
import { selectContent } from "../wire/media-type.js";

type Contracts = { readonly [name: string]: ValueContract };
type Location = "path" | "query" | "header" | "cookie";

/** What a request holds, or everything that is wrong with it, or the media type that nothing reads. */
export type ReadRequest =
  | { readonly kind: "read"; readonly parts: RequestParts }
  | { readonly kind: "invalid"; readonly problems: readonly WireProblem[] }
  | { readonly kind: "unsupported"; readonly contentType: string | null };

/**
 * Decodes and checks a request. Parameters and body are looked at together, so that one answer names every problem. Text is decoded
 * by the schema; JSON is never coerced; defaults stand in for parameters that are absent. `foreign` are names in the query that
 * belong to security schemes.
 */
export async function readRequest(
  operation: OperationDescriptor,
  validators: OperationValidators,
  request: Request,
  texts: { readonly [name: string]: string },
  foreign: readonly string[] = [],
): Promise<ReadRequest> {
  const parameters = operation.parameters ?? [];
  const problems: WireProblem[] = [];
  // What the path fixes of the query has done its work, and no map of the remaining names shall take it.
  const fixed = new URLSearchParams(operation.route?.query).keys();
  const take = (
    location: Location,
    contracts: Contracts = {},
    decode: (shapes: Shapes) => Decoded,
  ): { readonly [name: string]: unknown } =>
    check(operation, location, contracts, decode(shapesOf(contracts)), problems);

  const path = take("path", validators.path, (shapes) => decodePath(parameters, shapes, texts));
  const query = take("query", validators.query, (shapes) =>
    decodeQuery(parameters, shapes, new URL(request.url).search, [...foreign, ...fixed]),
  );
  const header = take("header", validators.header, (shapes) =>
    decodeHeaders(parameters, shapes, request.headers),
  );
  const cookie = take("cookie", validators.cookie, (shapes) =>
    decodeCookies(parameters, shapes, request.headers.get("cookie")),
  );

  const body = await readBody(operation, validators, request, problems);
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

async function readBody(
  operation: OperationDescriptor,
  validators: OperationValidators,
  request: Request,
  problems: WireProblem[],
): Promise<Pick<RequestParts, "body" | "contentType"> | "unsupported"> {
  if (operation.body === undefined) return {};
  // A form without fields is an empty text: its type alone says that it was sent.
  if (request.body === null && !isForm(request)) {
    if (operation.body.required === true)
      problems.push({ in: "body", pointer: "", keyword: "required", message: "is required" });
    return {};
  }
  // RFC 9110, §8.3: what has no type may be taken for octets.
  const content = selectContent(
    operation.body.contents,
    request.headers.get("content-type") ?? "application/octet-stream",
  );
  if (content === undefined) return "unsupported";
  const contract = validators.body?.[content.mediaType];
  try {
    const wire = await decodeBody(content, request, contract?.shape);
    const valid = validate(contract, judged(content.codec, wire, content.json), { in: "body" }, problems);
    return { body: valid ? bodyFromWire(content, wire, problems) : wire, contentType: content.mediaType };
  } catch (error) {
    // A validator follows a recursive schema as deep as the value goes; past the end of the stack, it is the value that is wrong.
    if (error instanceof RangeError)
      problems.push({ in: "body", pointer: "", keyword: "type", message: "must not be nested so deeply" });
    else if (error instanceof DecodeError) problems.push(...error.problems);
    else throw error;
    return {};
  }
}

function isForm(request: Request): boolean {
  return /^application\/x-www-form-urlencoded\s*(;|$)/i.test(request.headers.get("content-type") ?? "");
}

/** Checks a value and adds what is wrong with it; whether nothing is. */
export function validate(
  contract: ValueContract | undefined,
  value: unknown,
  place: Pick<WireProblem, "in" | "name">,
  problems: WireProblem[],
): boolean {
  if (contract === undefined || contract.validate(value, null, null)) return true;
  const found: Problem[] = [];
  contract.validate(value, found, null);
  problems.push(...found.map((problem) => ({ ...place, ...problem })));
  return false;
}

function shapesOf(contracts: Contracts): Shapes {
  return Object.fromEntries(
    Object.entries(contracts).map(([name, contract]) => [name, contract.shape ?? "any"]),
  );
}
