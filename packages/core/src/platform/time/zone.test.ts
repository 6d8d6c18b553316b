import { expect, it } from "vitest";
import { Zone } from "./zone.ts";

it.each(["Europe/Moscow", "America/Argentina/Buenos_Aires", "UTC"])("knows %s", (name) => {
  expect(Zone.safeParse(name).success).toBe(true);
});

it.each(["Europe/Atlantis", "+03:00", "", "<script>"])("does not know %s", (name) => {
  expect(Zone.safeParse(name).success).toBe(false);
});
