import { expect } from "@playwright/test";
import { signedInPage } from "../platform/demo";
import { test } from "../platform/test";

const national = "US National Do Not Call Registry";

test("registries, editions and readings are downloaded as CSV", async ({ browser }) => {
  const page = await signedInPage(browser, "auditor", "/registries");
  const list = await (await page.request.get("/api/registries.csv")).text();
  expect(list).toContain(`US-FTC-DNC,${national},fresh,`);

  await page.getByRole("link", { name: national }).click();
  for (const [section, head] of [
    ["Editions", "Edition,Kind,Status,"],
    ["Updates", '"Started, UTC",'],
  ] as const) {
    const link = page.getByRole("region", { name: section }).getByRole("link", { name: /CSV/ });
    const answer = await page.request.get((await link.getAttribute("href")) ?? "");
    expect((await answer.text()).slice(1)).toMatch(new RegExp(`^${head}`));
  }
});

test("an auditor sees what they may not do, and who may", async ({ browser }) => {
  const page = await signedInPage(browser, "auditor", "/registries");
  await expect(
    page.getByRole("button", { name: "Connect a registry" }),
  ).toHaveAccessibleDescription("For owners and officers");
  await page.getByRole("link", { name: national }).click();
  await expect(page.getByRole("heading", { name: national, level: 1 })).toBeVisible();
  await expect(page.getByRole("button", { name: "Update now" })).toHaveAccessibleDescription(
    "For owners and officers",
  );

  const answer = await page.goto("/registries/connect");
  expect(answer?.status()).toBe(403);
  await expect(
    page.getByRole("group", { name: /^You don’t have access to “Registry settings”/ }),
  ).toBeVisible();
});

test("an agent may not open registries, and is told why and who may", async ({ browser }) => {
  const page = await signedInPage(browser, "agent");
  const answer = await page.goto("/registries");
  expect(answer?.status()).toBe(403);
  const why = page.getByRole("group", {
    name: "You don’t have access to “Registries” as an agent.",
  });
  await expect(why).toContainText("Only owners, officers, and auditors have access.");
  expect((await page.request.get("/api/registries.csv")).status()).toBe(403);
  expect((await page.request.get("/api/trpc/registry.list")).status()).toBe(403);
});
