"use client";

import { Download } from "lucide-react";
import { Button } from "@/components/button";
import { ButtonLink } from "@/components/button-link";
import { Checkbox } from "@/components/checkbox";
import { Field } from "@/components/field";
import { FileDrop } from "@/components/file-drop";
import { Input } from "@/components/input";
import { RadioGroup } from "@/components/radio-group";
import { Section } from "@/components/section";
import { Select } from "@/components/select";
import { Textarea } from "@/components/textarea";
import { words } from "./words";

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
