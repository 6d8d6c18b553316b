import { useEffect } from "react";

/**
 * Acts on keys without a modifier, from wherever the focus is but a field in which one types; by their
 * place on the keyboard, so that they are the same in every layout. Whoever does not want them has none
 * (WCAG 2.1.4). `act` says whether the key was for it.
 */
export function useSingleKeys(isOn: boolean, act: (code: string) => boolean) {
  // The keyboard of the browser is outside of React.
  useEffect(() => {
    if (!isOn) return;
    const listen = (event: KeyboardEvent) => {
      const isMeant = !event.metaKey && !event.ctrlKey && !event.altKey && !isTyping(event.target);
      if (isMeant && act(event.code)) event.preventDefault();
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, [isOn, act]);
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  target.matches("input:not([type=radio]), textarea, select, [contenteditable]");
