/** What the data of the suite does not say: bodies that only its code checks, and pages that follow one another. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { makeClient } from "./client.ts";
import { type Api, findOperation } from "./documents.ts";
import { contentOf, type Scenario, wirePath } from "./scenarios.ts";

/** Bodies by scenario, one for each of its calls. */
export async function bodiesByHand(home: string): Promise<Readonly<Record<string, readonly unknown[]>>> {
  const bytes = await readFile(path.join(home, "node_modules/@typespec/http-specs/assets/image.png"));
  const image = (): File => new File([new Uint8Array(bytes)], "image.png", { type: "image/png" });
  return {
    Payload_MultiPart_FormData_File_uploadFileSpecificContentType: [{ file: image() }],
    Payload_MultiPart_FormData_File_uploadFileRequiredFilename: [{ file: image() }],
    Payload_MultiPart_FormData_File_uploadFileArray: [{ files: [image(), image()] }],
    // All of its properties are read-only, which leaves an empty object.
    Type_Model_Visibility_putReadOnlyModel: [{}],
    // The suite compares bytes, and its JSON has spaces: lines that are ready are a text.
    Streaming_Jsonl_Basic_send: ['{"desc": "one"}\n{"desc": "two"}\n{"desc": "three"}'],
  };
}

/** Scenarios whose later pages have no operation of their own: they are walked over in the resource style. */
export const walked: ReadonlySet<string> = new Set([
  "Payload_Pageable_ServerDrivenPagination_link",
  "Payload_Pageable_ServerDrivenPagination_linkString",
  "Payload_Pageable_ServerDrivenPagination_nestedLink",
]);

/** Walks over all pages; what is wrong with the items, or `undefined`. */
export async function walkScenario(apis: readonly Api[], { calls }: Scenario, baseUrl: string): Promise<string | undefined> {
  const [first] = calls;
  const found = first === undefined ? undefined : findOperation(apis, first.method, wirePath(first));
  if (found === undefined) return "the document has no operation for its first page";
  const { resource, action } = found.operation;
  let place: unknown = await makeClient(found.api, baseUrl);
  for (const name of resource) place = (place as Readonly<Record<string, unknown>>)[name];
  const items: unknown[] = [];
  // A resource of the generated client; the overlay says that the method gives pages.
  const list = place as Readonly<Record<string, () => AsyncIterable<unknown>>>;
  try {
    for await (const item of list[action]?.() ?? []) items.push(item);
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
  const wanted = calls.flatMap(({ response }) => (response.body === undefined ? [] : petsIn(contentOf(response.body, baseUrl))));
  return isDeepStrictEqual(items, wanted)
    ? undefined
    : `the items are ${JSON.stringify(items)} instead of ${JSON.stringify(wanted)}`;
}

function petsIn(text: string | Uint8Array): readonly unknown[] {
  const page = JSON.parse(String(text)) as {
    readonly pets?: readonly unknown[];
    readonly nestedItems?: { readonly pets: readonly unknown[] };
  };
  return page.pets ?? page.nestedItems?.pets ?? [];
}
