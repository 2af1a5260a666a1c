import type { LocationMember, Merged } from "../client/arguments.js";
import type { ApiCall } from "../client/call.js";
import { createCore } from "../client/core.js";
import type { CallOptions, CoreConfig } from "../client/options.js";
import type { SentParts } from "../client/request.js";
import type { OperationDescriptor } from "../operation.js";
import { encodeQuery } from "../wire/encode-parameters.js";
import { type Sign, signing } from "./signature.js";
import { resolveAddress, type CallbackSource } from "./expression.js";

/** How webhooks or callbacks are sent. */
export interface SenderOptions extends Pick<
  CoreConfig,
  "auth" | "fetch" | "headers" | "timeout" | "validation"
> {
  /** Signs each request, so that its receiver can tell who sends it. Default: nothing is signed. */
  readonly sign?: Sign | undefined;
}

/** Where a webhook goes: an absolute URL of http or https, used as it is, a query that it has included. */
export type Address = string | URL;

/** A function for each that is sent. `Target` is what tells its address. */
export type Sender<Operations, Target = Address> = {
  readonly [Name in keyof Operations]: (
    to: Target,
    ...rest: SendArguments<SentPartsOf<Operations[Name]>>
  ) => ApiCall<Operations, Name>;
};

/** A request by location, as the receiver's handler gets it. */
export type SentPartsOf<Operation> = Merged<
  LocationMember<Operation, "query"> &
    LocationMember<Operation, "header"> &
    LocationMember<Operation, "cookie">
> &
  SentBody<Operation>;

/** The body of a request, of whatever media type. */
export type PayloadOf<Operation> = Operation extends { readonly requestBody?: infer Body }
  ? Body & {} extends { readonly content: infer Content }
    ? Content[keyof Content]
    : never
  : never;

type SendArguments<Parts> = {} extends Parts
  ? [parts?: Parts, options?: CallOptions]
  : [parts: Parts, options?: CallOptions];

type SentBody<Operation> = Operation extends { readonly requestBody: { readonly content: infer Content } }
  ? BodyIn<Content>
  : Operation extends { readonly requestBody?: infer Body }
    ? Body & {} extends { readonly content: infer Content }
      ? BodyIn<Content> | { readonly body?: never }
      : { readonly body?: never }
    : { readonly body?: never };

type BodyIn<Content> = {
  [MediaType in keyof Content]: {
    readonly body: Content[MediaType];
    /** Default: the first media type of the document. */
    readonly contentType?: MediaType | undefined;
  };
}[keyof Content];

/**
 * Makes the sender of some operations, over the core that clients have. A call gives what the call of a client gives. The address
 * of a callback may be told by the exchange that it follows: then its expression is evaluated. That address is the word of whoever
 * made the request; where that is not to be trusted, the option `fetch` is the place to look at it before anything is sent.
 */
export function createSender<Operations, Target = Address>(
  operations: { readonly [name: string]: OperationDescriptor },
  { sign, ...config }: Omit<CoreConfig, "baseUrl"> & Pick<SenderOptions, "sign">,
): Sender<Operations, Target> {
  const members = Object.entries(operations).map(([name, operation]) => [
    name,
    (to: Address | CallbackSource, parts: SentParts = {}, options?: CallOptions) => {
      const target = new URL(
        typeof to === "string" || to instanceof URL ? to : resolveAddress(operation.path, to),
      );
      const signed = sign && { fetch: signing(sign, options?.fetch ?? config.fetch) };
      const call = createCore({ ...config, baseUrl: target.href });
      return call(
        operation,
        { ...parts, follow: () => addressed(target, operation, parts) },
        { ...options, ...signed },
      );
    },
  ]);
  // One function for each member of `Operations`: the descriptors and the types are made from one document.
  return Object.fromEntries(members) as Sender<Operations, Target>;
}

/** The address as it was given, and in its query what it had there and then the parameters. */
function addressed(
  { origin, pathname, search }: URL,
  { parameters = [] }: OperationDescriptor,
  parts: SentParts,
): { readonly address: string; readonly query: string } {
  const query = [search.slice(1), encodeQuery(parameters, parts.query)].filter((part) => part !== "");
  return { address: `${origin}${pathname}`, query: query.join("&") };
}
