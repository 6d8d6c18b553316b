import { expect, inject, it } from "vitest";
import { openDatabase } from "./database.ts";
import { readInstallationSettings } from "./installation-settings.ts";

it("uses the server of DATABASE_URL, and never treats it as its own", async () => {
  const { base } = inject("postgres");
  const database = await openDatabase(readInstallationSettings({ DATABASE_URL: base }), true);
  expect(database).toMatchObject({ url: base, isEmbedded: false });
  await database.stop();
});
