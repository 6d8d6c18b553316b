import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import { aSipPort, answersSip } from "./send-sip.ts";

const file = path.resolve(import.meta.dirname, "../../../../deploy/kamailio/kamailio.cfg");

type Settings = { screenings: string; key: string; carrier: number; pbx?: string; card?: string };

/**
 * Kamailio with the configuration of this repository, running until the test ends or as `atEnd`
 * says. Returns its port.
 */
export async function aKamailio(
  { screenings, key, carrier, pbx = "127.0.0.0/8", card = "-" }: Settings,
  atEnd: (stop: () => Promise<void>) => void = onTestFinished,
) {
  const folder = mkdtempSync(path.join(tmpdir(), "ringfence-kamailio-"));
  const port = await aSipPort();
  const args = ["-DD", "-E", "-f", file, "-Y", folder, "-m", "32", "-M", "8"];
  const kamailio = spawn("kamailio", args, {
    stdio: "ignore",
    env: {
      ...process.env,
      RINGFENCE_SIP_LISTEN: `udp:127.0.0.1:${port}`,
      RINGFENCE_PBX: pbx,
      RINGFENCE_CARRIER: `127.0.0.1:${carrier}`,
      RINGFENCE_SCREENINGS: screenings,
      RINGFENCE_KEY: key,
      RINGFENCE_PURPOSE: "marketing.loans",
      RINGFENCE_JWSCARD: card,
    },
  });
  const exited = once(kamailio, "exit");
  atEnd(async () => {
    kamailio.kill("SIGTERM");
    await exited;
    rmSync(folder, { recursive: true });
  });
  await answersSip(port);
  return port;
}
