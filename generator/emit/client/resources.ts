import type { ApiModel, Operation } from "../../model/api-model.ts";
import { typeIdentifier } from "../../model/names.ts";

/** A place in the client: `sessionRecordings`, with its operations and the places below it. */
export interface Resource {
  /** The property that leads to it: `sessionRecordings`. Empty for the client itself. */
  readonly name: string;
  /** The identifier of its class: `SessionRecordingsResource`. */
  readonly className: string;
  readonly operations: readonly Operation[];
  readonly resources: readonly Resource[];
}

interface Growing {
  readonly name: string;
  readonly chain: readonly string[];
  readonly operations: Operation[];
  readonly children: Map<string, Growing>;
}

/** The tree of resources, in the order in which the document first speaks of them. */
export function resourceTree(model: ApiModel): Resource {
  const root = grow("", []);
  for (const operation of model.operations) {
    let place = root;
    for (const name of operation.resource) {
      const child = place.children.get(name) ?? grow(name, [...place.chain, name]);
      place.children.set(name, child);
      place = child;
    }
    place.operations.push(operation);
  }
  return finish(root, new Set(["PathClient"]));
}

/** All resources below one, each before those inside it. */
export function descendants(resource: Resource): Resource[] {
  return resource.resources.flatMap((child) => [child, ...descendants(child)]);
}

function grow(name: string, chain: readonly string[]): Growing {
  return { name, chain, operations: [], children: new Map() };
}

// `["a", "bC"]` and `["aB", "c"]` both wish for ABCResource.
function finish(place: Growing, taken: Set<string>): Resource {
  const wanted = `${place.chain.map((name) => capitalized(typeIdentifier(name))).join("")}Resource`;
  let className = wanted;
  for (let count = 2; taken.has(className); count += 1) className = `${wanted}${count}`;
  taken.add(className);
  const resources = [...place.children.values()].map((child) => finish(child, taken));
  return { name: place.name, className, operations: place.operations, resources };
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
