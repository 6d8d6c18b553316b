/** The five glyphs of a gate, once per page; `GateGlyph` uses them. A gate runs from top to bottom. */
export const GateSymbols = () => (
  <svg aria-hidden width="0" height="0" className="absolute">
    <defs>
      <symbol id="gate-open" viewBox="0 0 24 48">
        <path className="g-wall" d="M12 3v13h8M12 45V32h8" />
      </symbol>
      <symbol id="gate-shut" viewBox="0 0 24 48">
        <path className="g-shut" d="M12 3v42" />
      </symbol>
      <symbol id="gate-unchecked" viewBox="0 0 24 48">
        <path className="g-unchecked" d="M7.5 3.5h9v41h-9z" />
      </symbol>
      <symbol id="gate-ajar" viewBox="0 0 24 48">
        <path className="g-wall" d="M12 3v13M12 45V32h8" />
        <path className="g-ajar" d="M12 16l8 4.5" />
      </symbol>
      <symbol id="gate-none" viewBox="0 0 24 48">
        <circle className="g-none" cx="12" cy="12" r="1.75" />
        <circle className="g-none" cx="12" cy="36" r="1.75" />
      </symbol>
    </defs>
  </svg>
);
