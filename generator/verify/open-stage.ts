/** A scene and the modules made for it come in; the Stage that it is played on comes out. */
import type {
  CoreModule,
  FixturesModule,
  HooksModule,
  OperationsModule,
  RouterModule,
  SenderModule,
  ServerModule,
} from "./modules.ts";
import { setStage, timeout, type Stage } from "./stage.ts";
import type { Scene } from "./subject.ts";
import type { Modules } from "./transpile.ts";

/** The modules that a scene needs, by their paths without extension. */
export function modulesFor({ kind }: Pick<Scene, "kind">): readonly string[] {
  const both = ["runtime/server/node"];
  return kind === "operation"
    ? [...both, "operations", "fixtures", "server", "operation-validators", "runtime/client/core", "runtime/server/router"]
    : [...both, `${kind}-operations`, `${kind}-fixtures`, `${kind}s`, "runtime/hooks/sender"];
}

/** Starts the server, or the receiver, and makes what sends to it. */
export function openStage(scene: Scene, modules: Modules): Promise<Stage> {
  return scene.kind === "operation" ? openServer(scene, modules) : openReceiver(scene, scene.kind, modules);
}

async function openServer(scene: Scene, modules: Modules): Promise<Stage> {
  const { securitySchemes, credentials } = scene;
  // What is imported was generated a moment ago; modules.ts says in types what the emitters promise.
  const descriptors = (await modules.import("operations")) as OperationsModule;
  const fixtures = (await modules.import("fixtures")) as FixturesModule;
  const { createRouter } = (await modules.import("server")) as unknown as ServerModule;
  const { createCore } = (await modules.import("runtime/client/core")) as unknown as CoreModule;
  const validators = await modules.import("operation-validators");
  const { createOperationRouter } = (await modules.import("runtime/server/router")) as unknown as RouterModule;
  return setStage({
    scene,
    modules,
    descriptors,
    fixtures,
    router: createRouter,
    alone: ({ name }, handlers, options) => {
      const operations = { [name]: ownOf(descriptors, name) };
      return createOperationRouter({ operations, validators, securitySchemes, handlers, options });
    },
    sender: (baseUrl) => {
      // Fixtures have every header that is declared: that of a deprecation is no news.
      const call = createCore({ baseUrl, auth: credentials, securitySchemes, onDeprecation: null });
      return ({ name }, request, relaxed) => {
        const descriptor = ownOf(descriptors, name);
        return call(relaxed ? withoutRequired(descriptor) : descriptor, request, { timeout });
      };
    },
  });
}

async function openReceiver(scene: Scene, kind: "webhook" | "callback", modules: Modules): Promise<Stage> {
  const { securitySchemes, subjects, credentials } = scene;
  const descriptors = (await modules.import(`${kind}-operations`)) as OperationsModule;
  const fixtures = (await modules.import(`${kind}-fixtures`)) as FixturesModule;
  const door = (await modules.import(`${kind}s`)) as unknown as HooksModule;
  const { createSender } = (await modules.import("runtime/hooks/sender")) as unknown as SenderModule;
  const createRouter = kind === "webhook" ? door.createWebhookRouter : door.createCallbackRouter;
  const createHookSender = kind === "webhook" ? door.createWebhookSender : door.createCallbackSender;
  if (createRouter === undefined || createHookSender === undefined) throw new Error(`${kind}s.ts lacks its doors.`);
  const paths = Object.fromEntries(subjects.map(({ name }, index) => [name, `/${kind}s/${index}`]));
  return setStage({
    scene,
    modules,
    descriptors,
    fixtures,
    router: (handlers, options) => createRouter(handlers, { ...options, paths }),
    sender: (url) => {
      const config = { auth: credentials, timeout };
      const send = createHookSender(config);
      const all = Object.entries(descriptors).map(([name, descriptor]) => [name, withoutRequired(descriptor)]);
      const lax = createSender(Object.fromEntries(all) as OperationsModule, { ...config, securitySchemes });
      return ({ name }, request, relaxed) => ownOf(relaxed ? lax : send, name)(`${url}${paths[name] ?? ""}`, request);
    },
  });
}

/** A member that the emitters promise. Throws an Error when it is not there. */
export function ownOf<Value>(table: { readonly [name: string]: Value }, name: string): Value {
  const found = Object.hasOwn(table, name) ? table[name] : undefined;
  if (found === undefined) throw new Error(`What was generated lacks ${name}.`);
  return found;
}

/** The client refuses to leave out a body that is required, and to send one of another type; here it must, so that the server can. */
export function withoutRequired(descriptor: OperationsModule[string]): OperationsModule[string] {
  if (descriptor.body === undefined) return descriptor;
  return { ...descriptor, body: { contents: [...descriptor.body.contents, undeclared] } };
}

const undeclared = { mediaType: "application/x-undeclared", kind: "text" };
