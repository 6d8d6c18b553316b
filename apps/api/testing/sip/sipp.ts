import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll } from "vitest";
import { aSipPort } from "./send-sip.ts";

const folder = mkdtempSync(path.join(tmpdir(), "ringfence-sip-"));
afterAll(() => rmSync(folder, { recursive: true }));
const template = readFileSync(path.join(import.meta.dirname, "refused.xml"), "utf8");

/**
 * The carrier: answers every call and records which ones came. A call that comes before it is ready
 * is sent again.
 */
export async function aFarEnd() {
  const port = await aSipPort();
  const messages = path.join(folder, `far-end-${port}.log`);
  const options = ["-trace_msg", "-message_file", messages, "-nostdin", "-i", "127.0.0.1"];
  const sipp = spawn("sipp", ["-sn", "uas", "-p", String(port), ...options], { stdio: "ignore" });
  const exited = once(sipp, "exit");
  afterAll(async () => {
    sipp.kill("SIGKILL");
    await exited;
  });
  const numbers = () =>
    [...readFileSync(messages, "utf8").matchAll(/^INVITE sip:([^@\s]+)@/gm)].map(
      ([, number = ""]) => number,
    );
  return { port, numbers: () => [...new Set(numbers())] };
}

type Called = { isAsExpected: boolean };

/** Calls a number and speaks with whoever answers. */
export const callThrough = (gate: number, number: string) =>
  run(["-sf", path.join(import.meta.dirname, "allowed.xml")], gate, number);

/** Calls a number and expects exactly these refusal reasons. */
export async function callInVain(gate: number, number: string, ...reasons: string[]) {
  const file = path.join(folder, `${reasons.join("-")}.xml`);
  writeFileSync(file, template.replace("[reasons]", reasons.join(" ")));
  return run(["-sf", file], gate, number);
}

async function run(scenario: string[], gate: number, number: string): Promise<Called> {
  const from = ["-i", "127.0.0.1", "-p", String(await aSipPort())];
  const once = ["-m", "1", "-nostdin", "-timeout", "10", "-timeout_error"];
  const args = [...scenario, ...from, ...once, "-s", number, `127.0.0.1:${gate}`];
  return new Promise((resolve) => {
    execFile("sipp", args, { cwd: folder }, (error) => resolve({ isAsExpected: error === null }));
  });
}
