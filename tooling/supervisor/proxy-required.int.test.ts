import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { aFolder } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { root } from "./installation-settings.ts";

const run = promisify(execFile);
const sentence = "TRUST_PROXY is not set, but PUBLIC_URL is https: say which proxy stands before";

/** Runs a program with the settings of an operator who serves https and names no proxy. */
const runBehindHttps = (program: string) =>
  run(process.execPath, [path.join(root, program)], {
    env: {
      ...process.env,
      LANG: "C",
      PUBLIC_URL: "https://calls.example.com",
      TRUST_PROXY: "",
      RINGFENCE_STATE: aFolder(),
      DATABASE_URL: "postgresql://nobody@127.0.0.1:1/none",
      RINGFENCE_KEY_DIR: aFolder(),
    },
  });

it.each(["tooling/start.ts", "apps/api/src/main.ts"])(
  "%s does not start behind https until a proxy is named",
  async (program) => {
    await expect(runBehindHttps(program)).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining(sentence),
    });
  },
);

it("the doctor reports that a proxy must be named", async () => {
  await expect(runBehindHttps("tooling/doctor.ts")).rejects.toMatchObject({
    code: 1,
    stdout: expect.stringMatching(new RegExp(`^FAULT +settings +${sentence}`, "m")),
  });
});
