"use client";

import { type ReactNode, useState } from "react";
import { Banner } from "./banner";
import { Button } from "./button";

type SaveFormProps<Data> = {
  /** What is typed, as it is saved; nothing where it cannot be. */
  read: (form: FormData) => { data?: Data | undefined };
  saving: { mutate: (data: Data) => void; isPending: boolean; error: { message: string } | null };
  words: { save: string; saving: string; odd: string };
  whyNot: string | undefined;
  children: ReactNode;
};

/** Fields that keep themselves what is typed, and are saved together; what the server says against it stands below. */
export function SaveForm<Data>({ read, saving, words, whyNot, children }: SaveFormProps<Data>) {
  const [isOdd, setOdd] = useState(false);
  return (
    <form
      className="grid max-w-[46rem] grid-cols-1 gap-5 pt-4"
      onSubmit={(event) => {
        event.preventDefault();
        const { data } = read(new FormData(event.currentTarget));
        setOdd(data === undefined);
        if (data) saving.mutate(data);
      }}
    >
      {children}
      {isOdd && <Banner tone="bad" role="alert" title={words.odd} />}
      {saving.error && <Banner tone="bad" role="alert" title={saving.error.message} />}
      <div>
        <Button
          type="submit"
          look="primary"
          busy={saving.isPending && words.saving}
          whyNot={whyNot}
        >
          {words.save}
        </Button>
      </div>
    </form>
  );
}
