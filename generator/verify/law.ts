/**
 * The law: client, server and fixtures prove each other. Every request fixture, sent by the generated client over real HTTP,
 * arrives at the generated server equal to what was sent, but for the document's defaults; every response fixture comes back equal, told
 * by its status and media type; every request made invalid on purpose is refused with a 4xx, and the server knows the place.
 */
import type { WorkerOptions } from "node:worker_threads";
import type { ApiModel, Operation } from "../model/api-model.ts";
import type { GeneratedFile } from "../output/render.ts";
import type { Failure } from "./failure.ts";
import { createHand, type Hand, type Range } from "./hand.ts";
import { modulesFor } from "./open-stage.ts";
import { locate } from "./place.ts";
import type { Proof } from "./prove.ts";
import { scenesOf, type Scene } from "./subject.ts";
import { startThread } from "./thread.ts";
import { makeFolder, neededFor } from "./transpile.ts";

/** How one operation stands against the law. */
export interface OperationVerdict {
  /** One that the API sends is `sent`. */
  readonly operation: Operation;
  /** Responses that arrived as they were returned. */
  readonly responses: number;
  /** Requests and responses at the edge of what is valid that arrived as they were sent. */
  readonly edges: number;
  /** Invalid requests that were refused. */
  readonly refused: number;
  /** Whether it was proven on a server of its own, since another operation takes its requests: the warning `route-shared` says which. */
  readonly apart: boolean;
  /**
   * Whether no request can prove it, since the document contradicts itself or no valid value can be told apart on the wire: then
   * nothing is proven and nothing is broken. The warning `fixture-impossible` says where and why.
   */
  readonly impossible: boolean;
  /** What is broken; nothing when the operation passes. */
  readonly failures: readonly Failure[];
}

/** How the law is proven. */
export interface LawOptions {
  /** Threads beside this one. Default: 0, where this one does everything. */
  readonly threads?: number;
  /** What Node is told for each. */
  readonly execArgv?: WorkerOptions["execArgv"];
}

/** Proves every operation, and then every webhook and callback, as the generated files have it: one verdict for each, in spec order. */
export async function* proveLaw(
  model: ApiModel,
  files: readonly GeneratedFile[],
  { threads = 0, execArgv }: LawOptions = {},
): AsyncGenerator<OperationVerdict> {
  const acts = scenesOf(model, files);
  const scenes = acts.map(({ scene }) => scene);
  const { folder, remove } = await makeFolder();
  const needed = neededFor(scenes.flatMap(modulesFor), files);
  const alone = (): readonly Hand[] => [createHand(folder, scenes)];
  const others = (): readonly Hand[] =>
    Array.from({ length: threads }, () => startThread({ folder, scenes }, execArgv === undefined ? {} : { execArgv }));
  let hands = threads === 0 ? alone() : others();
  try {
    try {
      await prepare(hands, needed);
    } catch (error) {
      if (threads === 0) throw error;
      // A thread that cannot be started, for whatever reason, has done nothing: this one does its work, and meets what is wrong itself.
      await closeAll(hands);
      hands = alone();
      await prepare(hands, needed);
    }
    // Many at once for a thread, since asking costs; one by one where nothing is asked, so that each is told when it is known.
    for await (const [range, proofs] of inOrder(ranges(scenes, hands.length === 1 ? 1 : 16), hands))
      for (const [index, proof] of proofs.entries()) {
        const operation = acts[range.scene]?.operations[range.from + index];
        if (operation !== undefined) yield verdictOf(model, operation, proof);
      }
  } finally {
    await closeAll(hands);
    await remove();
  }
}

/** Lays the files out, each hand its share. */
async function prepare(hands: readonly Hand[], files: readonly GeneratedFile[]): Promise<void> {
  await Promise.all(shares(files, hands.length).map((share, index) => hands[index]?.layOut(share)));
}

async function closeAll(hands: readonly Hand[]): Promise<void> {
  await Promise.all(hands.map((hand) => hand.close()));
}

function verdictOf(model: ApiModel, operation: Operation, { findings, ...proof }: Proof): OperationVerdict {
  const failures = findings.map((finding) => ({ ...finding, at: locate(model, operation, finding.place) }));
  return { operation, apart: operation.shadowedBy !== undefined, ...proof, failures };
}

/** Files in as many shares, of about the same size: the largest first, each to the share that has least. */
function shares(files: readonly GeneratedFile[], number: number): GeneratedFile[][] {
  const all = Array.from({ length: number }, () => ({ size: 0, files: [] as GeneratedFile[] }));
  for (const file of [...files].sort((one, other) => other.text.length - one.text.length)) {
    const least = all.reduce((one, other) => (other.size < one.size ? other : one));
    least.size += file.text.length;
    least.files.push(file);
  }
  return all.map((share) => share.files);
}

function ranges(scenes: readonly Scene[], size: number): Range[] {
  return scenes.flatMap(({ subjects }, scene) =>
    Array.from({ length: Math.ceil(subjects.length / size) }, (_, index) => {
      const from = index * size;
      return { scene, from, to: Math.min(from + size, subjects.length) };
    }),
  );
}

/** Each hand takes the next range when it is free; what comes of them is given in the order of the ranges. */
async function* inOrder(all: readonly Range[], hands: readonly Hand[]): AsyncGenerator<readonly [Range, readonly Proof[]]> {
  const done = new Map<Range, readonly Proof[]>();
  let tell = (): void => undefined;
  let failure: { readonly error: unknown } | undefined;
  const left = [...all].reverse();
  const work = async (hand: Hand): Promise<void> => {
    for (let range = left.pop(); range !== undefined && failure === undefined; range = left.pop()) {
      done.set(range, await hand.prove(range));
      tell();
    }
  };
  for (const hand of hands)
    work(hand).catch((error: unknown) => {
      failure ??= { error };
      tell();
    });
  for (const range of all) {
    while (!done.has(range)) {
      if (failure !== undefined) throw failure.error;
      await new Promise<void>((resolve) => (tell = resolve));
    }
    yield [range, done.get(range) ?? []];
    done.delete(range);
  }
}
