import { expect } from "@playwright/test";
import { OrganizationId } from "@ringfence/core/ids";
import { recordDisposition } from "@ringfence/services/do-not-call/inbound";
import { openInstallation } from "../../testing/open-installation";
import { signedInPage } from "../platform/demo";
import { expectReadable } from "../platform/looks";
import { test } from "../platform/test";

test("an owner maps a code, and connects a Twilio account", async ({ browser }) => {
  const page = await signedInPage(browser, "owner");
  await page.goto("/inbound", { waitUntil: "networkidle" });
  await page.getByRole("textbox", { name: "System" }).fill("genesys");
  await page.getByRole("textbox", { name: "Code" }).fill("17");
  await page.getByRole("button", { name: "Save mapping" }).click();
  const row = page.getByRole("row", { name: /genesys/ });
  await expect(row.getByRole("combobox")).toHaveValue("refusal");

  await page.getByRole("button", { name: "Connect account" }).click();
  await expect(page.getByText("Enter AC and 32 characters: 0 to 9 and a to f.")).toBeVisible();
  await page.getByRole("textbox", { name: "Account SID" }).fill(`AC${"0".repeat(31)}7`);
  await page.getByLabel("Auth token").fill("0123456789abcdef0123456789abcdef");
  await page.getByRole("textbox", { name: "API address" }).fill("https://calls.example.com");
  await page.getByRole("button", { name: "Connect account" }).click();
  await expect(page.getByRole("row", { name: /0{31}7/ })).toContainText("calls.example.com");
  await expectReadable(page);
});

test("an owner connects a Mailgun domain, replaces its key, and disconnects it", async ({
  browser,
}) => {
  const page = await signedInPage(browser, "owner");
  await page.goto("/inbound", { waitUntil: "networkidle" });
  await page.getByRole("button", { name: "Connect domain" }).click();
  await expect(page.getByText("Enter a domain, such as stop.example.com.")).toBeVisible();
  const connect = async () => {
    await page.getByRole("textbox", { name: "Domain" }).fill("stop.example.com");
    await page.getByLabel("Webhook signing key").fill("0123456789abcdef0123456789abcdef");
    await page.getByRole("button", { name: "Connect domain" }).click();
  };
  await connect();
  const row = page.getByRole("row", { name: /stop\.example\.com/ });
  await expect(row).toBeVisible();
  await connect();
  await expect(
    page.getByRole("region", { name: "Notices" }).getByText("already connected"),
  ).toBeVisible();

  await row.getByRole("button", { name: "Replace key" }).click();
  await row.getByLabel("New token or key").fill("fedcba9876543210fedcba9876543210");
  await row.getByRole("button", { name: "Save new key" }).click();
  await expect(row.getByText("Key replaced.")).toBeVisible();
  await expectReadable(page);
  expect(await page.content()).not.toContain("fedcba9876543210");

  await row.getByRole("button", { name: "Disconnect" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Disconnect" }).click();
  await expect(row).toHaveCount(0);
});

test("an officer decides whether a code that looks like an opt-out is one", async ({ browser }) => {
  const { db, keys } = openInstallation();
  const { id } = await db.prisma.organization.findFirstOrThrow({ where: { name: "Demo Bank" } });
  const organizationId = OrganizationId.parse(id);
  const actor = { type: "job", name: "inbound" } as const;
  const ended = { system: "genesys", phone: "+1 214 555 0177", code: "CUST_REMOVE" };
  await recordDisposition({ db, keys, organizationId, actor }, ended);
  await db.close();

  const page = await signedInPage(browser, "officer");
  await page.goto("/inbound", { waitUntil: "networkidle" });
  const question = page.getByRole("listitem").filter({ hasText: "genesys: CUST_REMOVE" });
  await expect(question).toContainText("+1 214 555 0177");
  await question.getByRole("button", { name: "Yes, an opt-out" }).click();
  await expect(page.getByText(/^Recorded, reference [0-9A-Z]{8}$/)).toBeVisible();
  await expect(page.getByText("Nothing is waiting")).toBeVisible();
  await expect(page.getByRole("button", { name: "Connect account" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
});
