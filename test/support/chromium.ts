/**
 * The browser of the tests: Chromium or Chrome, as the machine has it. On Debian, root gets one installed; everyone else is told how.
 */
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { chromium, type Browser } from "playwright-core";

/** Starts Chromium without a window. Throws an Error that names the cure when there is none. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error(cure);
  // In containers /dev/shm is too small for it.
  return chromium.launch({ executablePath, args: ["--disable-dev-shm-usage"] });
}

/** The program: of `CHROMIUM_PATH`, else the first of the usual ones; `undefined` when there is none. */
export function findChromium(): string | undefined {
  const { CHROMIUM_PATH, PATH = "" } = process.env;
  if (CHROMIUM_PATH !== undefined && CHROMIUM_PATH !== "") {
    if (isProgram(CHROMIUM_PATH)) return CHROMIUM_PATH;
    throw new Error(`CHROMIUM_PATH is ${CHROMIUM_PATH}, which is no program.`);
  }
  const onPath = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"].flatMap((name) =>
    PATH.split(path.delimiter).map((folder) => path.join(folder, name)),
  );
  return [...onPath, ...(usualPlaces[process.platform] ?? [])].find(isProgram);
}

/** Sees to it that there is a browser: where none is found and `apt-get` may be used, installs Debian's, and says so. */
export function installChromium(): void {
  if (findChromium() !== undefined || !isDebian() || process.getuid?.() !== 0) return;
  for (const command of ["apt-get update", "apt-get install -y --no-install-recommends chromium"]) {
    console.log(`No Chromium is found, so the tests run: ${command}`);
    const [program = "", ...argv] = command.split(" ");
    const { status, stdout, stderr } = spawnSync(program, argv, {
      encoding: "utf8",
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      maxBuffer: 1 << 28,
    });
    if (status !== 0) throw new Error(`${command} exits ${status}:\n${stdout}${stderr}`);
  }
}

const cure = `The tests in a browser find no Chromium. Install it ("apt-get install chromium", "brew install --cask chromium"), or name one: CHROMIUM_PATH=/path/to/chrome npm test`;

const { PROGRAMFILES = "", LOCALAPPDATA = "" } = process.env;

const usualPlaces: { readonly [platform: string]: readonly string[] } = {
  darwin: ["/Applications/Chromium.app/Contents/MacOS/Chromium", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"],
  win32: [
    path.join(PROGRAMFILES, "Google/Chrome/Application/chrome.exe"),
    path.join(LOCALAPPDATA, "Google/Chrome/Application/chrome.exe"),
    path.join(LOCALAPPDATA, "Chromium/Application/chrome.exe"),
    path.join(PROGRAMFILES, "Microsoft/Edge/Application/msedge.exe"),
  ],
};

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return path.isAbsolute(file);
  } catch {
    return false;
  }
}

// Ubuntu's package of the same name is a snap, which does not start in a container.
function isDebian(): boolean {
  return existsSync("/etc/os-release") && /^ID="?debian"?$/m.test(readFileSync("/etc/os-release", "utf8"));
}
