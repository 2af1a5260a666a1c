import type { OperationDescriptor } from "../operation.js";
import { routerOf } from "../server/dispatch.js";
import { createResponder, type BaseRouterOptions, type RouterParts } from "../server/respond.js";
import type { VerifyOptions } from "../server/verify.js";
import { createOperationRouter, type Router } from "../server/router.js";

/** How webhooks or callbacks are received. */
export type ReceiverOptions = Omit<BaseRouterOptions, "basePath" | "trailingSlash"> & VerifyOptions;

/** A function for each that is received, to be mounted wherever its requests arrive: by the Fetch standard, and it never rejects. */
export type Receiver<Name extends PropertyKey> = { readonly [N in Name]: Router };

/** How a router of webhooks or callbacks is made: the path of each, as its requests arrive. */
export type ReceivingRouterOptions<Name extends PropertyKey> = BaseRouterOptions &
  VerifyOptions & {
    readonly paths: { readonly [N in Name]: string };
  };

/**
 * Makes a receiver of those operations that there are handlers for. What arrives is decoded and checked as the server does it. The
 * object has no other members, inherited ones neither, so that it can be asked for a name that came with a request.
 */
export function createReceiver<Name extends PropertyKey>(parts: RouterParts): Receiver<Name> {
  const operations = handled(parts);
  const responder = createResponder({ ...parts, operations });
  const receive = (name: string): Router => {
    const route = responder.route(name);
    const { method } = route.operation;
    return routerOf(async (incoming, { errors } = {}) => {
      try {
        return incoming.method === method
          ? await responder.respond(incoming, route, {})
          : await responder.fail(
              { status: 405, detail: `${name} is sent with ${method}.`, headers: { Allow: method } },
              incoming,
            );
      } catch (error) {
        return responder.crash(error, incoming, route.operation, errors);
      }
    });
  };
  const members = Object.keys(operations).map((name) => [name, receive(name)] as const);
  // The generated code names the handlers in its types, and these are made from them.
  return Object.assign(Object.create(null) as object, Object.fromEntries(members)) as Receiver<Name>;
}

/**
 * Makes one router of those operations that there are handlers for, each at its path. Throws an Error when one has no path, or when
 * two share one and the method.
 */
export function createReceivingRouter(
  parts: RouterParts,
  paths: { readonly [name: string]: string | undefined },
): Router {
  const taken = new Map<string, string>();
  const operations = Object.entries(handled(parts)).map(([name, operation]) => {
    const path = Object.hasOwn(paths, name) ? paths[name] : undefined;
    if (path === undefined) throw new Error(`The path of ${name} is missing.`);
    const other = taken.get(`${operation.method} ${path}`);
    if (other !== undefined) throw new Error(`${other} and ${name} have one path: ${path}.`);
    taken.set(`${operation.method} ${path}`, name);
    return [name, { ...operation, route: { path } }] as const;
  });
  return createOperationRouter({ ...parts, operations: Object.fromEntries(operations) });
}

function handled({ operations, handlers }: RouterParts): { readonly [name: string]: OperationDescriptor } {
  return Object.fromEntries(Object.entries(operations).filter(([name]) => name in handlers));
}
