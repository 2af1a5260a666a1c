import type { ApiModel, Operation } from "../../model/api-model.ts";
import { typeIdentifier, wordsOf } from "../../model/names.ts";

/** A place in the client: `sessionRecordings`, with its operations and the places below it. */
export interface Resource {
  /** The property that leads to it: `sessionRecordings`. Empty for the client itself. */
  readonly name: string;
  /** The identifier of its class: `SessionRecordingsResource`. */
  readonly className: string;
  /** The name of its module in `resources/`: `session-recordings-sharing`. */
  readonly module: string;
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
  return finish(root, { classes: new Set(["PathClient"]), modules: new Set(unfit) });
}

/** All resources below one, each before those inside it. */
export function descendants(resource: Resource): Resource[] {
  return resource.resources.flatMap((child) => [child, ...descendants(child)]);
}

function grow(name: string, chain: readonly string[]): Growing {
  return { name, chain, operations: [], children: new Map() };
}

// `["a", "bC"]` and `["aB", "c"]` both wish for ABCResource.
function finish(place: Growing, taken: Taken): Resource {
  const className = claim(`${place.chain.map((name) => capitalized(typeIdentifier(name))).join("")}Resource`, taken.classes);
  const words = place.chain.flatMap(wordsOf).map((word) => word.toLowerCase());
  const module = claim(words.join("-") || "client", taken.modules, "-");
  const resources = [...place.children.values()].map((child) => finish(child, taken));
  return { name: place.name, className, module, operations: place.operations, resources };
}

interface Taken {
  readonly classes: Set<string>;
  readonly modules: Set<string>;
}

function claim(wanted: string, taken: Set<string>, separator = ""): string {
  let name = wanted;
  for (let count = 2; taken.has(name); count += 1) name = `${wanted}${separator}${count}`;
  taken.add(name);
  return name;
}

/** Windows has no files of these names, whatever their extension. */
const unfit = "con prn aux nul com1 com2 com3 com4 com5 com6 com7 com8 com9 lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9".split(
  " ",
);

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
