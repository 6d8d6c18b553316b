"use client";
import { Download, PhoneOff } from "lucide-react";
import { useState } from "react";
import type { CheckAnswer, CheckResult } from "@ringfence/core/consents/form-check";
import { Button, ButtonLink } from "@/components/buttons";
import { Checkbox, Field, Input, RadioGroup, Select, Textarea } from "@/components/fields";
import { FileDrop } from "@/components/file-drop";
import { Empty, NoPermission, Section, Skeleton } from "@/components/page-layout";
import { words } from "./words";
import { Banner } from "@/components/banner";
import { Failed } from "@/components/failed";
import { Progress } from "@/components/progress";
import { ConfirmDialog, Dialog } from "@/components/dialogs";
import { ToastCard, showToast } from "@/components/toast";
import { FormChecks } from "@/components/form-checks";

export const ControlSheet = () => (
  <>
    <Section title={words.buttons} aside={words.buttonsNote}>
      <div className="grid grid-cols-1 items-start gap-x-10 gap-y-6 pt-4 md:grid-cols-2">
        <div className="flex flex-wrap gap-2">
          <Button look="primary">{words.record}</Button>
          <Button>{words.exportCsv}</Button>
          <Button look="quiet">{words.cancel}</Button>
          <Button look="danger">{words.stop}</Button>
          <Button size="small">{words.small}</Button>
          <Button icon={Download}>{words.icon}</Button>
          <Button busy={words.reading}>{words.icon}</Button>
          <Button disabled>{words.disabled}</Button>
          <ButtonLink href="/">{words.link}</ButtonLink>
        </div>
        <Button whyNot={words.whyNot}>{words.approve}</Button>
      </div>
    </Section>
    <Section title={words.fields} aside={words.fieldsNote}>
      <div className="grid grid-cols-1 items-start gap-x-10 gap-y-6 pt-4 md:grid-cols-3">
        <Field label={words.seller} hint={words.sellerHint}>
          {(wired) => <Input {...wired} defaultValue="Example Bank" />}
        </Field>
        <Field label={words.phone} fault={words.phoneFault}>
          {(wired) => <Input {...wired} defaultValue="+1 214 555 014" />}
        </Field>
        <Field label={words.purpose}>
          {(wired) => (
            <Select {...wired}>
              {words.purposes.map((purpose) => (
                <option key={purpose}>{purpose}</option>
              ))}
            </Select>
          )}
        </Field>
        <RadioGroup
          legend={words.scope}
          radio={{ name: "scope" }}
          chosen="all"
          choices={[
            { value: "all", label: words.allCalls, hint: words.allCallsHint, shortcut: "1" },
            { value: "seller", label: words.oneSeller, hint: words.oneSellerHint, shortcut: "2" },
          ]}
        />
        <Field label={words.why} isOptional>
          {(wired) => <Textarea {...wired} />}
        </Field>
        <div className="grid gap-4">
          <Checkbox label={words.recording} hint={words.recordingHint} defaultChecked />
          <FileDrop
            label={words.file}
            hint={words.fileHint}
            accept=".csv,text/csv"
            onFile={() => {}}
          />
        </div>
      </div>
    </Section>
  </>
);

export const StateSheet = () => (
  <>
    <Section title={words.nothing}>
      <div className="grid grid-cols-1 items-start gap-x-10 gap-y-6 pt-4 md:grid-cols-2">
        <Empty title={words.empty} action={<Button>{words.connect}</Button>}>
          {words.emptyBody}
        </Empty>
        <Skeleton label={words.loading} />
        <Failed title={words.failed} retry={() => {}}>
          {words.failedBody}
        </Failed>
        <NoPermission
          what={words.registries}
          roles={["owner", "officer", "auditor"]}
          member={{ role: "agent", organizationName: words.organization }}
        />
        <Banner tone="bad" icon={PhoneOff} title={words.away}>
          {words.awayBody}
        </Banner>
        <Banner tone="care" title={words.near}>
          {words.nearBody}
        </Banner>
        <Banner title={words.plain}>{words.plainBody}</Banner>
      </div>
    </Section>
    <Section title={words.work}>
      <div className="max-w-[34rem] pt-4">
        <Progress label={words.scrub} value={61} max={100}>
          {words.scrubBody}
        </Progress>
      </div>
    </Section>
  </>
);

const toast = { tone: "done", title: words.toast, children: words.toastBody } as const;

export function FloatSheet() {
  const [open, setOpen] = useState<"dialog" | "alert" | null>(null);
  const close = () => setOpen(null);
  return (
    <Section title={words.floats}>
      <div className="grid grid-cols-1 items-start gap-x-10 gap-y-6 pt-4 md:grid-cols-2">
        <div className="grid grid-cols-1 gap-3">
          <ToastCard {...toast} action={{ label: words.show, onClick: () => {} }} />
          <ToastCard
            tone="bad"
            title={words.badToast}
            action={{ label: words.tryAgain, onClick: () => {} }}
          >
            {words.badToastBody}
          </ToastCard>
        </div>
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => setOpen("dialog")}>{words.openDialog}</Button>
          <Button onClick={() => setOpen("alert")}>{words.openAlert}</Button>
          <Button onClick={() => showToast(toast)}>{words.openToast}</Button>
        </div>
      </div>
      {open === "dialog" && (
        <Dialog
          title={words.move}
          onClose={close}
          actions={
            <Button look="primary" onClick={close}>
              {words.ask}
            </Button>
          }
        >
          {words.moveBody}
        </Dialog>
      )}
      {open === "alert" && (
        <ConfirmDialog
          title={words.erase}
          confirm={words.eraseNow}
          onConfirm={close}
          onClose={close}
        >
          {words.eraseBody}
        </ConfirmDialog>
      )}
    </Section>
  );
}

export function FormCheckSheet() {
  const [answers, setAnswers] = useState<readonly CheckAnswer[]>([]);
  const report = { results, jurisdictions: ["GB", "US-CA", "SG"], answers };
  return (
    <Section title={words.formChecks} aside={words.formChecksNote}>
      <div className="pt-4">
        <FormChecks
          report={report}
          placeNames={{ GB: "United Kingdom", "US-CA": "California (US-CA)", SG: "Singapore" }}
          onAnswer={(answer) => setAnswers([...answers, answer])}
        />
      </div>
    </Section>
  );
}

const box = "html > body > form > label:nth-of-type(2) > input";
const label =
  "I accept the terms and conditions and marketing calls from Example Windows and its selected partners.";

/** Checks of an invented form, one with each result. */
const results: readonly CheckResult[] = [
  {
    check: "not-pre-ticked",
    finding: {
      result: "fail",
      evidence: [{ selector: box, quote: label, values: { atFirst: true, onLoad: true } }],
      faults: [{ message: { key: "form-check.not-pre-ticked.page", values: { label } } }],
    },
    severities: { GB: "block", "US-CA": "block" },
    grounds: [
      { citation: "GDPR art. 4(11), rec. 32", mark: "B" },
      { citation: "EDPB 05/2020 s. 3.4", mark: "B" },
    ],
  },
  {
    check: "apart-from-terms",
    finding: {
      result: "fail",
      evidence: [{ selector: box, quote: label }],
      faults: [
        { message: { key: "form-check.apart-from-terms.bundled", values: { sentence: label } } },
      ],
    },
    severities: { GB: "block" },
    grounds: [{ citation: "GDPR art. 7(2)", mark: "A" }],
  },
  {
    check: "seller-named",
    finding: {
      result: "cannot-tell",
      evidence: [{ quote: label }],
      question: {
        key: "form-check.seller-named.ask",
        values: { name: "Example Windows", legalName: "Example Windows LLC" },
      },
    },
    severities: { GB: "block", "US-CA": "block" },
    grounds: [
      { citation: "GDPR rec. 42", mark: "A" },
      { citation: "47 CFR 64.1200(f)(9)", mark: "A" },
    ],
  },
  {
    check: "text-size",
    finding: {
      result: "fail",
      evidence: [{ selector: box, quote: label, layout: "narrow", values: { fontPx: 10 } }],
      faults: [
        {
          message: {
            key: "form-check.text-size.small",
            values: { selector: box, fontPx: 10, least: 16 },
          },
        },
      ],
    },
    severities: { GB: "warn", "US-CA": "warn" },
    grounds: [{ citation: "47 CFR 64.1200(f)(3)", mark: "C" }],
  },
  {
    check: "purpose-named",
    finding: { result: "pass", evidence: [{ quote: label }] },
    severities: { GB: "block", "US-CA": "block" },
    grounds: [{ citation: "GDPR rec. 42", mark: "A" }],
  },
  {
    check: "data-consent-apart",
    finding: {
      result: "not-applicable",
      evidence: [],
      because: { key: "form-check.na.place", values: {} },
    },
    severities: {},
    grounds: [{ citation: "38-FZ art. 18", mark: "B" }],
  },
];
