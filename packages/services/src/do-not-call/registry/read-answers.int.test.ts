import { expect, it } from "vitest";
import { anAskableRegistry } from "../../../testing/asks.ts";
import { aRegistry } from "../../../testing/registries.ts";
import { readAnswers } from "./read-answers.ts";

it("is for the worker alone, and not for the registry of another organization", async () => {
  const { ctx, stranger, asOfficer, registryId } = await anAskableRegistry();
  expect(await readAnswers(ctx, registryId)).toMatchObject({ asked: [], free: [] });
  await expect(readAnswers(stranger, registryId)).rejects.toMatchObject({ code: "not-found" });
  await expect(readAnswers(asOfficer, registryId)).rejects.toMatchObject({ code: "forbidden" });
});

it("knows nothing of a registry that is read from files", async () => {
  const { ctx, registryId } = await aRegistry();
  await expect(readAnswers(ctx, registryId)).rejects.toMatchObject({
    explanation: { key: "error.registry-not-asked" },
  });
});
