import { existsSync } from "node:fs";
import { chown, mkdtemp, rm } from "node:fs/promises";
// Where the browser keeps what goes with it; nothing that is found depends on it.
// oxlint-disable-next-line house/no-ambient-input
import { tmpdir } from "node:os";
import path from "node:path";
import { type Browser, chromium } from "playwright-core";
import { ServiceError } from "../../platform/errors.ts";

const NOBODY = 65_534;
/** The folders of programs that Chromium's launchers call; nothing of our own environment is passed on. */
const PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
const asNobody = path.join(import.meta.dirname, "as-nobody.sh");

export type LaunchedBrowser = { browser: Browser; close: () => Promise<void> };

/**
 * Starts the browser that opens pages of others: in its sandbox, as nobody where we are root, with a home
 * that goes with it, and with an environment that holds no setting of ours. Where its sandbox does not work
 * it is refused, and never started without.
 */
export async function launchBrowser(
  executablePath: string,
  proxyServer: string,
): Promise<LaunchedBrowser> {
  // oxlint-disable-next-line house/no-ambient-input -- what may be dropped is this process's own
  const isRoot = process.getuid?.() === 0;
  if (isRoot && !PATH.split(":").some((folder) => existsSync(path.join(folder, "setpriv")))) {
    throw refused();
  }
  const home = await mkdtemp(path.join(tmpdir(), "ringfence-browser-"));
  const removeHome = () => rm(home, { recursive: true, force: true, maxRetries: 5 });
  try {
    if (isRoot) await chown(home, NOBODY, NOBODY);
    const browser = await chromium.launch({
      executablePath: isRoot ? asNobody : executablePath,
      env: { PATH, HOME: home, TMPDIR: home, LANG: "C.UTF-8", RINGFENCE_BROWSER: executablePath },
      chromiumSandbox: true,
      proxy: { server: proxyServer },
      args: [
        // The one way past a proxy that pages have, by its name of before and of now.
        "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
        "--webrtc-ip-handling-policy=disable_non_proxied_udp",
      ],
    });
    return {
      browser,
      async close() {
        await browser.close();
        await removeHome();
      },
    };
  } catch (cause) {
    await removeHome();
    throw refused(cause);
  }
}

function refused(cause?: unknown): ServiceError {
  const error = new ServiceError("conflict", { key: "form-run.no-sandbox" });
  error.cause = cause;
  return error;
}
