import { type Dispatch, dispatchOf, type Router, routerOf } from "../runtime/server/dispatch.ts";

/** A router in front of another, which can be changed while requests come in. */
export function createSwitch(): { readonly router: Router; readonly turn: (to: Router) => void } {
  let current: Dispatch = async () => ({ status: 503, fields: ["Retry-After", "1"], body: null });
  return {
    router: routerOf((incoming, how) => current(incoming, how)),
    turn: (to) => {
      current = dispatchOf(to);
    },
  };
}
