/** A document, the server that is generated from it, and what it can be made to do wrong. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { resolveConfig } from "../../generator/config.ts";
import type { ApiModel } from "../../generator/model/api-model.ts";
import { generate } from "../../generator/pipeline.ts";
import { makeRunnable, type RunnableModules } from "../../generator/verify/transpile.ts";

export const document = `openapi: 3.1.0
info: { title: Shop, version: 1.0.0 }
security: [{ shopKey: [] }]
paths:
  /pets:
    get:
      operationId: listPets
      parameters:
        - { name: limit, in: query, schema: { type: integer, maximum: 100, default: 20 } }
      responses:
        "200":
          description: Pets.
          headers:
            X-Total: { required: true, schema: { type: integer, minimum: 0 } }
          content:
            application/json:
              schema: { type: array, items: { $ref: "#/components/schemas/Pet" } }
        "400": { $ref: "#/components/responses/Problem" }
    post:
      operationId: addPet
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: "#/components/schemas/Pet" }
      responses:
        "201": { description: Added. }
        "400": { $ref: "#/components/responses/Problem" }
  /pets/{petId}:
    get:
      operationId: getPet
      parameters:
        - { name: petId, in: path, required: true, schema: { type: string } }
      responses:
        "200":
          description: The pet.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Pet" }
        default: { $ref: "#/components/responses/Problem" }
components:
  securitySchemes:
    shopKey: { type: apiKey, in: header, name: X-Shop-Key }
  responses:
    Problem:
      description: What is wrong.
      content:
        application/problem+json:
          schema: { type: object }
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: { type: string }
        age: { type: integer, minimum: 0 }
`;

/** What a request was, as the server saw it. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly key: string | undefined;
}

export interface Shop {
  readonly url: string;
  readonly seen: readonly Seen[];
  close(): Promise<void>;
}

/** What comes between the generated server and whoever asks. */
export type Sabotage = (response: Response, request: Request) => Response | Promise<Response>;

type Router = (request: Request) => Promise<Response>;
interface Modules {
  createRouter(handlers: object, options: object): Router;
}

/** What is generated from the document, ready to run. */
export async function generateShop(folder: string): Promise<{ readonly model: ApiModel; readonly modules: RunnableModules }> {
  const config = await resolveConfig(folder, { spec: path.join(folder, "api.yaml"), emit: ["client", "server", "fixtures"] });
  const { files, model } = await generate(config);
  if (files === undefined || model === undefined) throw new Error("The shop cannot be generated.");
  return { model, modules: await makeRunnable(files) };
}

/** Serves the document by what is generated from it, over loopback. `key` is the one that it takes. */
export async function openShop(
  modules: RunnableModules,
  { sabotage = (response) => response, key = "open-sesame" }: { readonly sabotage?: Sabotage; readonly key?: string } = {},
): Promise<Shop> {
  const { createRouter } = (await modules.import("server")) as unknown as Modules;
  const pet = { name: "Rex", age: 3 };
  const router = createRouter(
    {
      listPets: () => ({ status: 200, headers: { "X-Total": 1 }, body: [pet] }),
      addPet: () => ({ status: 201 }),
      getPet: () => ({ status: 200, body: pet }),
    },
    { security: { shopKey: ({ apiKey }: { apiKey: string }) => (apiKey === key ? { name: "ada" } : undefined) } },
  );
  const seen: Seen[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Uint8Array);
    const { method = "GET", url = "/", headers } = incoming;
    const found = headers["x-shop-key"];
    seen.push({ method, url, key: typeof found === "string" ? found : undefined });
    const given = Object.entries(headers).flatMap(([name, value]) =>
      typeof value === "string" ? [[name, value] as [string, string]] : [],
    );
    const carries = method !== "GET" && method !== "HEAD";
    const request = new Request(`http://shop.test${url}`, {
      method,
      headers: given,
      ...(carries ? { body: Buffer.concat(chunks) } : {}),
    });
    try {
      const response = await sabotage(await router(request), request);
      outgoing.writeHead(response.status, Object.fromEntries(response.headers));
      outgoing.end(Buffer.from(await response.arrayBuffer()));
    } catch {
      outgoing.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
