import { expect, inject, it } from "vitest";
import { houseSettings } from "../supervisor/house-settings.ts";
import { checkDatabase } from "./check-database.ts";

const { base } = inject("postgres");

it("reads version and clock of the server that DATABASE_URL names", async () => {
  expect(await checkDatabase(houseSettings({ DATABASE_URL: base }))).toEqual([
    { about: "PostgreSQL", state: "fine", says: expect.stringMatching(/^\d+\.\d+/) },
    { about: "clocks", state: "fine", says: "database and this machine differ by 0.0 s" },
  ]);
});

it("says what is wrong with the server, and goes on", async () => {
  const DATABASE_URL = base.replace(/:[^:@]+@/, ":guessed@");
  expect(await checkDatabase(houseSettings({ DATABASE_URL }))).toMatchObject([
    { about: "PostgreSQL", state: "wrong", says: expect.stringContaining("refuses the password") },
  ]);
});
