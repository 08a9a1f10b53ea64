// The product's logo: a canvas on an easel.

export function Logo() {
  return (
    <svg className="mark" width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
      <path d="M11 1.5v2M6 15l-2.2 5.5M16 15l2.2 5.5M11 15v3.5" className="legs" />
      <rect x="3" y="3.5" width="16" height="11.5" rx="2" className="canvas" />
      <path d="M5.5 12.5l3.4-4 2.6 2.7 2-1.9 3 3.2z" className="hill" />
      <circle cx="14.4" cy="7" r="1.3" className="sun" />
    </svg>
  )
}
