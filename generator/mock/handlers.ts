/** Model → what the runtime's router is made of: descriptors, validators, and a handler for each operation that is backed by fixtures. */
import type { ApiModel, Operation } from "../model/api-model.ts";
import { describeOperation } from "../model/descriptor.ts";
import { errorShapes } from "../model/error-shapes.ts";
import { securityDescriptor } from "../model/security-descriptor.ts";
import type { OperationDescriptor, ParameterDescriptor } from "../runtime/operation.ts";
import type { ErrorShape } from "../runtime/server/error-shapes.ts";
import type { RouterParts } from "../runtime/server/respond.ts";
import type { SecuritySchemeDescriptor } from "../runtime/server/security.ts";
import type { OperationValidators } from "../runtime/validation/operation-validators.ts";
import { Contracts } from "./contracts.ts";
import type { Asked, Reply, Values } from "./exchange.ts";
import { wishesIn } from "./prefer.ts";

/** What answers a request that has been checked. */
export type Responder = (asked: Asked) => Reply;

/** The parts of a router over the model: requests are read and refused as by the generated server, answers come from the responder. */
export function partsOf(model: ApiModel, respond: Responder, auth: boolean): Omit<RouterParts, "options"> {
  const contracts = new Contracts(model);
  const open = model.operations.filter(({ shadowedBy }) => shadowedBy === undefined);
  const shapes = errorShapes(model).map(({ schema, body, words, separator }): ErrorShape => ({
    validate: contracts.validator(schema.schema, "response"),
    body,
    // Checked when the extension was read.
    ...(words === undefined ? {} : { words: words as NonNullable<ErrorShape["words"]> }),
    ...(separator === undefined ? {} : { separator }),
  }));
  return {
    operations: Object.fromEntries(open.map((operation) => [operation.name, descriptorOf(model, operation, auth)])),
    validators: Object.fromEntries(open.map((operation) => [operation.name, withWishes(contracts.of(operation), operation)])),
    securitySchemes: Object.fromEntries(
      // What the model says of a scheme is what the runtime's descriptor is.
      model.securitySchemes.map((scheme) => [scheme.key, securityDescriptor(scheme) as unknown as SecuritySchemeDescriptor]),
    ),
    ...(shapes.length === 0 ? {} : { errorShapes: shapes }),
    handlers: Object.fromEntries(open.map((operation) => [operation.name, handlerOf(operation, respond)])),
  };
}

/** The descriptor of an operation as the generated `operations.ts` has it; types of formats do not matter on the wire. */
export function descriptorOf(model: ApiModel, operation: Operation, auth: boolean): OperationDescriptor {
  const coding = { model, value: () => ({}), body: () => ({}) };
  // The generated code of the same data is held to this type by the compiler.
  const { security, ...open } = describeOperation<never>(coding, operation) as unknown as OperationDescriptor;
  const parameters = open.parameters ?? [];
  return {
    ...open,
    ...(auth && security !== undefined ? { security } : {}),
    parameters: [...parameters, ...wishesOf(operation)],
  };
}

/** Where a caller writes what he wishes: RFC 7240, and Prism's names in the query, for links. */
function wishesOf({ parameters }: Operation): readonly ParameterDescriptor[] {
  const wishes: readonly ParameterDescriptor[] = [
    { name: "Prefer", in: "header" },
    ...["__code", "__example", "__dynamic"].map((name) => ({ name, in: "query" }) as const),
  ];
  return wishes.filter(
    (wish) => !parameters.some(({ name, in: place }) => place === wish.in && name.toLowerCase() === wish.name.toLowerCase()),
  );
}

function withWishes(validators: OperationValidators, operation: Operation): OperationValidators {
  const own = (place: ParameterDescriptor["in"]): OperationValidators["query"] =>
    Object.fromEntries(
      wishesOf(operation)
        .filter((wish) => wish.in === place)
        .map(({ name }) => [name, { validate: () => true, shape: "string" as const }]),
    );
  const { header: _header, query: _query, ...rest } = Object.getOwnPropertyDescriptors(validators);
  return Object.defineProperties(
    { header: { ...validators.header, ...own("header") }, query: { ...validators.query, ...own("query") } },
    rest,
  );
}

/** What the runtime hands to a handler, as far as it is looked at. */
interface Input {
  readonly path: Values;
  readonly query: Values;
  readonly headers: Values;
  readonly body?: unknown;
  readonly request: Request;
  readonly accepts: (first: string, ...others: string[]) => string;
}

function handlerOf(operation: Operation, respond: Responder): (input: Input) => Reply {
  return (input) => {
    const prefer = Object.entries(input.headers).find(([name]) => name.toLowerCase() === "prefer")?.[1];
    return respond({
      operation,
      path: input.path,
      query: input.query,
      body: input.body,
      wishes: wishesIn(prefer, input.query),
      accepts: ([first, ...others]) => (first === undefined ? undefined : input.accepts(first, ...others)),
      url: () => input.request.url,
    });
  };
}
