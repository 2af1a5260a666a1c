/** What the frameworks of `scripts/adapters.ts` mount: bundled for them, as an application's own code is. */
import { docs } from "../../generated/src/docs-page.ts";
import { openapi } from "../../generated/src/openapi.ts";
import { toNext } from "../../generated/src/runtime/server/next.ts";
import { toWorker } from "../../generated/src/runtime/server/workers.ts";
import type { Router } from "../../generated/src/server.ts";
import { answeringRouter } from "../everywhere/router.ts";

export { toNext };

/** Next.js hands on what is below `app/api`. */
export function createServed(): Router {
  return answeringRouter({
    document: { ...openapi, path: "/api/openapi.json" },
    docs: { ...docs, path: "/api/docs" },
  });
}

/** A Worker, with what is bound to it in the place of what leads nowhere. */
export default toWorker((_env: { readonly ASSETS: string }) => createServed(), {
  unmatched: (_request, { ASSETS }) => new Response(ASSETS),
});
