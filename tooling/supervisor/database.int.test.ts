import { expect, inject, it } from "vitest";
import { openDatabase } from "./database.ts";
import { houseSettings } from "./house-settings.ts";

it("takes the server that DATABASE_URL names, and never for its own", async () => {
  const { base } = inject("postgres");
  const database = await openDatabase(houseSettings({ DATABASE_URL: base }), true);
  expect(database).toMatchObject({ url: base, isOurs: false });
  await database.stop();
});
