import { direct, type DispatchOptions, type Router } from "./dispatch.js";

/** How a router stands in a framework. */
export interface MountOptions {
  /**
   * What becomes of a request that leads to no operation of the router. Default: `answer`, 404; `next` hands it to what comes next in the
   * framework. A method that a path does not take is 405 all the same.
   */
  readonly unmatched?: "answer" | "next";
  /**
   * What becomes of what a handler throws, where `onError` does not answer. Default: `answer`, 500; `next` hands it to what the framework
   * has for errors.
   */
  readonly errors?: "answer" | "next";
}

/** The same as a dispatch takes it. Throws a TypeError where requests are to be handed on by what is no router of `createRouter`. */
export function dispatchOptions(router: Router, { unmatched, errors }: MountOptions): DispatchOptions {
  if (router[direct] === undefined && (unmatched === "next" || errors === "next"))
    throw new TypeError(
      "Only a router as createRouter makes it can hand requests and errors on, not a function around one.",
    );
  return {
    unmatched: unmatched === "next" ? "pass" : "answer",
    errors: errors === "next" ? "throw" : "answer",
  };
}

/** How many segments a prefix such as `/api/:tenant` has. */
export function segmentsIn(prefix: string): number {
  return prefix.split("/").filter((segment) => segment !== "").length;
}
