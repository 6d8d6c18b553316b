import type { ConnectDialer } from "@ringfence/core/do-not-call/endpoint";
import { expect, it } from "vitest";
import { aContext, as } from "../../../testing/scenes.ts";
import { connectDialer } from "./connect-dialer.ts";
import { readDialer } from "./read-dialer.ts";

const vicidial = {
  kind: "vicidial",
  name: "VICIdial",
  settings: { url: "https://a.example/api.php", user: "6666", pass: "hunter22", phoneCode: "1" },
} as const satisfies ConnectDialer;

it("shows how a dialer is spoken to, without what opens it", async () => {
  const ctx = as(await aContext(), "owner");
  const { id } = await connectDialer(ctx, {
    dialer: vicidial,
    reason: "The dialer keeps its own list.",
  });
  const { pass: _, ...settings } = vicidial.settings;
  expect(await readDialer(ctx, id)).toEqual({ ...vicidial, endpointId: id, settings });
});

it("is for who may change it, and shows nothing to another organization", async () => {
  const ctx = as(await aContext(), "owner");
  const { id } = await connectDialer(ctx, {
    dialer: vicidial,
    reason: "The dialer keeps its own list.",
  });
  await expect(readDialer(as(ctx, "officer"), id)).rejects.toMatchObject({ code: "forbidden" });
  const other = as(await aContext(), "owner");
  await expect(readDialer(other, id)).rejects.toMatchObject({ code: "not-found" });
});
