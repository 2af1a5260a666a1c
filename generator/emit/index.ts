import { clientEmitter } from "./client.ts";
import { docsEmitter } from "./docs.ts";
import type { Emitter, EmitterName } from "./emitter.ts";
import { emitterNames } from "./emitter.ts";
import { fixturesEmitter } from "./fixtures.ts";
import { mswEmitter } from "./msw.ts";
import { openapiEmitter } from "./openapi.ts";
import { openapiFetchEmitter } from "./openapi-fetch.ts";
import { operationsEmitter } from "./operations.ts";
import { packageEmitter } from "./package.ts";
import { pathsClientEmitter } from "./paths-client.ts";
import { serverEmitter } from "./server.ts";
import { typesEmitter } from "./types.ts";
import { validatorsEmitter } from "./validators.ts";
import { webhooksEmitter } from "./webhooks.ts";

const emitters: { readonly [N in EmitterName]: Emitter } = {
  types: typesEmitter,
  operations: operationsEmitter,
  client: clientEmitter,
  "paths-client": pathsClientEmitter,
  "openapi-fetch": openapiFetchEmitter,
  validators: validatorsEmitter,
  server: serverEmitter,
  webhooks: webhooksEmitter,
  openapi: openapiEmitter,
  fixtures: fixturesEmitter,
  msw: mswEmitter,
  package: packageEmitter,
  docs: docsEmitter,
};

/** The emitters that were asked for and those they need, in the order they run. */
export function selectEmitters(asked: readonly EmitterName[]): readonly Emitter[] {
  const selected = new Set<EmitterName>();
  const add = (name: EmitterName): void => {
    if (selected.has(name)) return;
    selected.add(name);
    for (const needed of emitters[name].needs) add(needed);
  };
  for (const name of asked) add(name);
  return emitterNames.filter((name) => selected.has(name)).map((name) => emitters[name]);
}
