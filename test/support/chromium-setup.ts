import { installChromium } from "./chromium.ts";

/** Once before the first test that needs a browser. */
export function setup(): void {
  installChromium();
}
