import { expect, it } from "vitest";
import { aContext } from "../../testing/scenes.ts";
import { aScrubbingOrganization, files, onProgress } from "../../testing/scrubs.ts";
import type { FileContext } from "../context.ts";
import { runScrub } from "./run-scrub.ts";

const job = { type: "job", name: "scrub.run" } as const;

it("runs no scrub of another organization", async () => {
  const { start } = await aScrubbingOrganization();
  const scrubId = await start("phone\n");
  const theirs: FileContext = { ...(await aContext(job)), files };
  const running = runScrub(theirs, { scrubId, attempt: 1, onProgress });
  await expect(running).rejects.toMatchObject({ code: "not-found" });
});
