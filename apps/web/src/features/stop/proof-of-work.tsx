"use client";

import { findNonce } from "@ringfence/core/opt-out";
import { useEffect, useRef } from "react";

type ProofOfWorkProps = { challenge: string };

/** A few milliseconds of a slow phone: whoever types or presses the button is never kept waiting. */
const TRIES_AT_ONCE = 200;

/**
 * Does the work that the page asks for while the person types, in parts, and puts what it finds into the
 * form. Whoever sends the form before that, or without scripts, refuses all the same.
 */
export function ProofOfWork({ challenge }: ProofOfWorkProps) {
  const field = useRef<HTMLInputElement>(null);
  // The form is sent by the browser itself, which reads the field and not React's state.
  useEffect(() => {
    let timer = 0;
    const work = (from: number) => {
      const nonce = findNonce(challenge, from, TRIES_AT_ONCE);
      if (nonce === null) timer = window.setTimeout(work, 0, from + TRIES_AT_ONCE);
      else if (field.current) field.current.value = nonce;
    };
    timer = window.setTimeout(work, 0, 0);
    return () => window.clearTimeout(timer);
  }, [challenge]);
  return (
    <>
      <input type="hidden" name="challenge" value={challenge} />
      <input type="hidden" name="nonce" ref={field} defaultValue="" />
    </>
  );
}
