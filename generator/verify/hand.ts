import { prove, type Proof } from "./prove.ts";
import { openStage } from "./open-stage.ts";
import type { Stage } from "./stage.ts";
import type { Scene } from "./subject.ts";
import { layOut, modulesIn } from "./transpile.ts";
import type { GeneratedFile } from "../output/render.ts";

/** Some subjects of one scene, by their places in it. */
export interface Range {
  readonly scene: number;
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

/** One who does part of the law's work, in this thread or in another. */
export interface Hand {
  /** Makes files ready to run. */
  layOut(files: readonly GeneratedFile[]): Promise<void>;
  /** Proves subjects, when everything is laid out. */
  prove(range: Range): Promise<readonly Proof[]>;
  close(): Promise<void>;
}

/** A hand of this thread: its stages are set up when they are first needed. */
export function createHand(folder: string, scenes: readonly Scene[]): Hand {
  const stages = new Map<Scene, Promise<Stage>>();
  return {
    layOut: (files) => layOut(folder, files),
    async prove({ scene: index, from, to }) {
      const scene = scenes[index];
      if (scene === undefined) throw new Error(`There is no scene ${index}.`);
      const opening = stages.get(scene) ?? openStage(scene, modulesIn(folder));
      stages.set(scene, opening);
      const stage = await opening;
      const proofs: Proof[] = [];
      for (const subject of scene.subjects.slice(from, to)) proofs.push(await prove(subject, stage));
      return proofs;
    },
    async close() {
      for (const stage of stages.values()) await (await stage).close();
    },
  };
}
