import { type Browser, expect, type Page } from "@playwright/test";
import { ConfirmationId, OrganizationId } from "@ringfence/core/ids";
import { formatPublicAddress } from "@ringfence/core/account/organization";
import { createCode } from "@ringfence/services/platform/keys/links-and-codes";
import { bindPersonCode } from "@ringfence/services/desk/own-record";
import { recordCalls } from "@ringfence/services/calling/call";
import { screenCall } from "@ringfence/services/calling/screening";
import { aDisclosure, aDraft, aForm } from "@ringfence/services/testing/forms";
import { readFile } from "node:fs/promises";
import english from "../../messages/en.json" with { type: "json" };
import russian from "../../messages/ru.json" with { type: "json" };
import { daysAgo, phones } from "../../testing/example-phones";
import { exampleGroup } from "../platform/example-group";
import { expectReadable, expectReadableAnywhere } from "../platform/looks";
import { test } from "../platform/test";

const { installation, organizationId, signedInPage } = exampleGroup();

/**
 * Computes the code that the phone was sent. It is not stored, so it is derived again from the installation's keys. An
 * unknown number has none.
 */
async function codeSent(id: string) {
  const row = await installation.db.prisma.personCode.findFirst({ where: { id } });
  return row === null
    ? "000000"
    : createCode(installation.keys, "person code", bindPersonCode(row));
}

/** Opens a small screen without scripts. */
async function onPhone(browser: Browser, locale = "en-US") {
  const viewport = { width: 360, height: 740 };
  const context = { javaScriptEnabled: false, locale, viewport };
  return (await browser.newContext(context)).newPage();
}

/** Ends the half hour of a code. */
const closeRecord = (id: string) =>
  installation.db.prisma.personCode.updateMany({
    where: { id },
    data: { openedAt: new Date(Date.now() - 31 * 60_000) },
  });

/** Texts of the forms that open a record. */
type FormText = Readonly<Record<"phone" | "askCode" | "codeTitle" | "code" | "open", string>>;

async function askCode(page: Page, phone: string, text: FormText = english.ownRecord) {
  await page.goto(`/my/${formatPublicAddress(OrganizationId.parse(organizationId()))}`);
  await page.getByLabel(text.phone).fill(phone);
  await page.getByRole("button", { name: text.askCode }).click();
  await expect(page.getByRole("heading", { name: text.codeTitle })).toBeVisible();
  return new URL(page.url()).searchParams.get("ref") ?? "";
}

async function typeCode(page: Page, code: string, text: FormText = english.ownRecord) {
  await page.getByLabel(text.code).fill(code);
  await page.getByRole("button", { name: text.open }).click();
}

test(
  "a person sees their record with a code sent to their phone, and complains about a call",
  { tag: "@persona" },
  async ({ browser }) => {
    test.slow();
    const page = await onPhone(browser);
    const id = await askCode(page, phones.dana);
    expect(page.url()).not.toContain("5550142");
    const code = await codeSent(id);
    await typeCode(page, code === "000000" ? "000001" : "000000");
    await expect(page.getByRole("alert")).toContainText("Wrong or expired code");
    await typeCode(page, code);
    await expect(page.getByText("+1 214 555 0142")).toBeVisible();
    const agreed = page.getByRole("region", { name: "What you agreed to" });
    await expect(agreed).toContainText("Example Bank, on");
    const calls = page.getByRole("region", { name: "Who called you" });
    await expect(calls.getByRole("listitem")).toHaveCount(2);
    await expect(page.getByRole("region", { name: "What you opted out of" })).toContainText(
      "reference",
    );
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(360);
    const storageState = await page.context().storageState();
    const seen = await (await browser.newContext({ storageState, locale: "en-US" })).newPage();
    await seen.goto(new URL(page.url()).pathname); // axe needs scripts
    await expect(seen.getByText("+1 214 555 0142")).toBeVisible();
    await expectReadable(seen);
    await seen.context().close();

    await calls.getByText("Complain about this call").first().click();
    await calls.getByLabel("What was wrong?").first().fill("I said no, and they called again.");
    await calls.getByRole("button", { name: "Send complaint" }).first().click();
    await expect(page.getByText(/Your complaint is recorded/)).toBeVisible();
    await page.getByRole("button", { name: "Close now" }).click();
    await expect(page.getByRole("button", { name: "Send me a code" })).toBeVisible();
    await page.context().close();

    const officer = await signedInPage(browser, "officer", "/complaints");
    const row = officer.getByRole("row", { name: /I said no, and they called again/ });
    await expect(row).toContainText("Person’s own page");
    await row.getByRole("link", { name: /I said no/ }).click();
    await expect(officer.getByRole("region", { name: "Linked calls" })).toContainText(
      "Example Bank",
    );
    await officer.getByLabel("Reasons").fill("She had refused before the call.");
    await officer.getByRole("button", { name: "Decide", exact: true }).click();
    await expect(officer.getByText("Upheld on")).toBeVisible();
  },
);

test("a complaint survives an expired code, and nobody else can read it", async ({ browser }) => {
  test.slow();
  const page = await onPhone(browser);
  const id = await askCode(page, phones.dana);
  await typeCode(page, await codeSent(id));
  const words = `They called — «опять»! ${"Снова и снова. ".repeat(100)}`.slice(0, 1_500).trim();
  const calls = page.getByRole("region", { name: "Who called you" });
  await calls.getByText("Complain about this call").first().click();
  await calls.getByLabel("What was wrong?").first().fill(words);
  // The code expires while they write.
  await closeRecord(id);
  await calls.getByRole("button", { name: "Send complaint" }).first().click();
  await expect(page.getByRole("group", { name: "Your text is saved" })).toBeVisible();
  expect(page.url()).not.toContain("called");

  // Somebody else uses the same browser, and must not see what she wrote.
  const other = await askCode(page, phones.nina);
  await typeCode(page, await codeSent(other));
  await expect(page.getByRole("button", { name: "Close now" })).toBeVisible();
  await expect(page.getByRole("group", { name: /still there/ })).toHaveCount(0);
  expect(await page.content()).not.toContain("They called");
  const theirs = await page.context().cookies();
  await page.context().clearCookies({ name: "own-record" });

  const another = await askCode(page, phones.dana);
  await typeCode(page, await codeSent(another));
  await expect(page.getByRole("group", { name: /still there/ })).toBeVisible();
  await expect(calls.getByLabel("What was wrong?").first()).toHaveValue(words);
  const own = await page.context().cookies();
  // It is not sent either while somebody else has opened a record in another tab.
  await page.context().addCookies(theirs.filter(({ name }) => name === "own-record"));
  await calls.getByRole("button", { name: "Send complaint" }).first().click();
  await expect(page.getByText("+1 235 555 0117")).toBeVisible();
  await expect(page.getByText(/Your complaint is recorded/)).toHaveCount(0);
  expect(await page.content()).not.toContain("They called");

  await page.context().addCookies(own.filter(({ name }) => name === "own-record"));
  await page.reload();
  await expect(calls.getByLabel("What was wrong?").first()).toHaveValue(words);
  await calls.getByRole("button", { name: "Send complaint" }).first().click();
  await expect(page.getByText(/Your complaint is recorded/)).toBeVisible();
  await expect(calls.getByLabel("What was wrong?").first()).toHaveValue("");
  await page.context().close();
});

test("a withdrawal after the code expired is reported as failed, and works with a new code", async ({
  browser,
}) => {
  const page = await onPhone(browser);
  const id = await askCode(page, phones.nina);
  await typeCode(page, await codeSent(id));

  const agreed = page.getByRole("region", { name: "What you agreed to" });
  await expect(agreed).toBeVisible();
  const standing = await agreed.getByRole("button", { name: "Withdraw this consent" }).count();
  await closeRecord(id);
  await agreed.getByRole("button", { name: "Withdraw this consent" }).first().click();
  await expect(page.getByRole("alert")).toHaveAccessibleName(/^Not withdrawn yet/);
  await typeCode(page, await codeSent(await askCode(page, phones.nina)));
  await expect(page.getByRole("alert")).toHaveCount(0);
  await agreed.getByRole("button", { name: "Withdraw this consent" }).first().click();
  await expect(page.getByText("Withdrawn. This consent no longer applies.")).toBeVisible();
  await expect(agreed.getByRole("heading", { name: /^Withdrawn/ }).first()).toBeVisible();
  await expect(agreed.getByRole("button", { name: "Withdraw this consent" })).toHaveCount(
    standing - 1,
  );
  await page.context().close();
});

test("an unknown number gets the same answer, and opting out needs no code", async ({
  browser,
}) => {
  const page = await (await browser.newContext({ locale: "en-US" })).newPage();
  const id = await askCode(page, "+1 312 555 0199");
  expect(id).toMatch(/^[\da-f-]{36}$/);
  await typeCode(page, await codeSent(id));
  await expect(page.getByText("Wrong or expired code")).toBeVisible();
  await page.goto(`/my/${formatPublicAddress(OrganizationId.parse(organizationId()))}`);
  await page.getByRole("link", { name: "Stop all calls" }).click();
  await expect(page.getByRole("heading", { name: "Do not call me again" })).toBeVisible();
  await page.context().close();
});

/** Publishes a form that asks back by text message. */
async function publishForm() {
  const id = OrganizationId.parse(organizationId());
  const actor = { type: "member", id, role: "officer", sellerIds: [] } as const;
  const ctx = { ...installation, organizationId: id, actor };
  const channels = ["voice_live", "voice_autodialed"];
  const disclosures = [await aDisclosure(ctx, aDraft({}, { seller: "bank", channels }))];
  await aForm(ctx, { disclosures, confirmation: { means: "sms", isAsked: true } });
}

for (const [locale, messages, language, phone] of [
  ["en-US", english, "English", phones.stranger],
  ["ru-RU", russian, "Russian", phones.danaToo],
] as const) {
  test(`a person stops calls about a topic, agrees again and takes it back (${language})`, async ({
    browser,
  }) => {
    test.slow();
    const { ownRecord: text, publicForm: form } = messages;
    await publishForm();
    const page = await onPhone(browser, locale);
    await typeCode(page, await codeSent(await askCode(page, phone, text)), text);
    const topics = page.getByRole("region", { name: text.topics });
    await topics.getByRole("button", { name: text.topicsSend }).click();
    await expect(page.getByRole("alert")).toHaveAccessibleName(text.topicsNone);
    await topics.getByRole("checkbox", { name: "Marketing", exact: true }).check();
    await topics.getByRole("button", { name: text.topicsSend }).click();
    await expect(page.getByText(text.topicsDone)).toBeVisible();
    const refused = page.getByRole("region", { name: text.refused });
    await expect(refused.getByRole("listitem").first()).toContainText("Marketing");
    const preferences = page.getByRole("region", { name: text.preferences });
    for (const box of await preferences.getByRole("group").first().getByRole("checkbox").all()) {
      await box.uncheck();
    }
    await preferences.getByRole("button", { name: text.preferencesSend }).click();
    await expect(preferences.getByRole("alert")).toBeVisible();
    await preferences.getByRole("checkbox").nth(4).uncheck();
    await preferences.getByLabel(text.preferredFrom).selectOption("10:00");
    await preferences.getByRole("checkbox", { name: text.ways.prerecorded }).check();
    await preferences.getByRole("button", { name: text.preferencesSend }).click();
    await expect(page.getByText(text.preferencesDone)).toBeVisible();
    await expect(preferences.getByRole("checkbox").nth(4)).not.toBeChecked();
    const where = {
      organizationId: organizationId(),
      phone: { e164: phone },
      scope: "purpose",
    } as const;
    expect(await installation.db.prisma.optOut.findMany({ where })).toMatchObject([
      { purpose: "marketing", channel: "web" },
    ]);

    const storageState = await page.context().storageState();
    const seen = await (await browser.newContext({ storageState, locale })).newPage();
    await seen.goto(new URL(page.url()).pathname); // axe needs scripts
    await expect(seen.getByRole("region", { name: text.topics })).toBeVisible();
    await expectReadableAnywhere(seen, `own choices ${language}`);
    await seen.context().close();

    // She refused marketing above, so agreeing to it takes an answer to a message.
    const agree = page.getByRole("region", { name: text.agree });
    await agree.getByRole("link", { name: text.agreeOpen }).first().click();
    await expect(page).toHaveURL(/\/my\/[\da-f]+\/agree\/[\da-f]{64}/);
    await expect(page.getByText("Acme may call me about its offers").first()).toBeVisible();
    await expect(page.getByText(text.agreeRefusedBody)).toBeVisible();
    await page.getByRole("button", { name: text.agreeSend }).click();
    await expect(page.getByRole("alert")).toBeVisible();
    await expectNothingTicked(page, browser, locale);
    await page.getByRole("checkbox", { name: text.agreeChannels.voice_live }).check();
    await page.getByRole("button", { name: text.agreeSend }).click();
    await expect(page.getByText(text.agreeWaits)).toBeVisible();
    await page.getByRole("link", { name: text.agreeCode }).click();
    const reference = ConfirmationId.parse(new URL(page.url()).searchParams.get("ref"));
    const parts = { organizationId: OrganizationId.parse(organizationId()), id: reference };
    await page
      .getByLabel(form.code)
      .fill(createCode(installation.keys, "confirmation code", parts));
    await page.getByRole("button", { name: form.confirm }).click();
    await expect(page).toHaveURL(/\/agreed\//);
    await page.goto(`/my/${formatPublicAddress(parts.organizationId)}`);
    const given = page.getByRole("region", { name: text.agreed });
    await expect(given.getByRole("heading", { name: /Marketing/ }).first()).toBeVisible();
    await given.getByRole("button", { name: text.takeBack }).first().click();
    await expect(page.getByText(text.taken)).toBeVisible();
    await page.context().close();
  });
}

/** Expects that no box of the page is ticked, and that everybody can read it. */
async function expectNothingTicked(page: Page, browser: Browser, locale: string) {
  for (const box of await page.getByRole("checkbox").all()) await expect(box).not.toBeChecked();
  const storageState = await page.context().storageState();
  const seen = await (await browser.newContext({ storageState, locale })).newPage();
  await seen.goto(page.url()); // axe needs scripts
  await expectReadableAnywhere(seen, `agreement ${locale}`);
  await seen.context().close();
}

/** Records a call that screening refused, and 21 earlier ones of which nobody asked. */
async function callDanaOften() {
  const id = OrganizationId.parse(organizationId());
  const actor = { type: "member", id, role: "officer", sellerIds: [] } as const;
  const ctx = { ...installation, organizationId: id, actor };
  const call = { phone: phones.danaToo, seller: "bank", purpose: "marketing" };
  const { id: screening } = await screenCall(ctx, call);
  const earlier = Array.from({ length: 21 }, (_, week) => ({
    ...call,
    externalId: `unscreened ${week}`,
    at: daysAgo(7 * week + 7).toISOString(),
  }));
  const refused = { ...call, externalId: "refused", at: new Date().toISOString(), screening };
  await recordCalls(ctx, { rows: [refused, ...earlier] });
}

for (const [locale, messages, language] of [
  ["en-US", english, "English"],
  ["ru-RU", russian, "Russian"],
] as const) {
  test(`a person looks through all calls and downloads their record (${language})`, async ({
    browser,
  }) => {
    await callDanaOften();
    const text = messages.ownRecord;
    const page = await onPhone(browser, locale);
    const id = await askCode(page, phones.danaToo, text);
    await typeCode(page, await codeSent(id), text);
    const calls = page.getByRole("region", { name: text.called });
    await expect(calls.getByRole("listitem")).toHaveCount(20);
    await expect(calls.getByRole("listitem").first()).toContainText(
      text.callRefused.replace("{reasons}.", messages.reasons["opted-out"].name),
    );
    await expect(calls.getByRole("listitem").nth(1)).toContainText(text.callUnscreened);
    await calls.getByRole("link", { name: text.earlierCalls }).click();
    await expect(calls.getByRole("listitem")).toHaveCount(2);
    await calls.getByRole("link", { name: text.latestCalls }).click();
    await expect(calls.getByRole("listitem")).toHaveCount(20);

    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: text.downloadFile }).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^record-\d{4}-\d\d-\d\d\.json$/);
    const record = JSON.parse(await readFile(await file.path(), "utf8"));
    expect(record).toMatchObject({ format: "ringfence/own-record@v1", phone: phones.danaToo });
    expect(record.calls).toHaveLength(22);
    expect(record.calls[0]).toMatchObject({ check: "refused", seller: "Example Bank" });

    await closeRecord(id);
    await page.goto(`${new URL(page.url()).pathname}/record`);
    await expect(page.getByRole("button", { name: text.askCode })).toBeVisible();
    await page.context().close();
  });
}

test("a person without text messages opens their record by a code that is read to them", async ({
  browser,
}) => {
  const { id } = await installation.db.prisma.phone.findFirstOrThrow({
    where: { organizationId: organizationId(), e164: phones.nina },
  });
  const officer = await signedInPage(browser, "officer", `/call/${id}`);
  // The button works only with the page's scripts.
  await officer.waitForLoadState("networkidle");
  const codes = officer.getByRole("region", { name: english.handOutCode.title });
  await codes.getByRole("button", { name: english.handOutCode.spoken }).click();
  const code = await codes.getByText(/^\d{3} \d{3}$/).innerText();

  const page = await onPhone(browser);
  const address = formatPublicAddress(OrganizationId.parse(organizationId()));
  await page.goto(`/my/${address}`);
  await page.getByRole("link", { name: english.ownRecord.handedLink }).click();
  await page.getByLabel(english.ownRecord.phone).fill(phones.nina);
  await page.getByLabel(english.ownRecord.handedCode).fill(code);
  await page.getByRole("button", { name: english.ownRecord.open }).click();
  await expect(page.getByText(english.ownRecord.spokenShort)).toBeVisible();
  await expect(page.getByRole("region", { name: "What you agreed to" })).toBeVisible();
  await expect(page.getByRole("region", { name: english.ownRecord.download })).toHaveCount(0);
  for (const file of ["record", "data"]) {
    await page.goto(`/my/${address}/${file}`);
    await expect(page).toHaveURL(`/my/${address}`);
    await expect(page.getByText(english.ownRecord.spokenShort)).toBeVisible();
  }
  await page.context().close();
});
