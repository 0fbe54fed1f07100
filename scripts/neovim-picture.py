"""Draws Neovim with the language server as docs/guide/in-neovim.png, from Neovim's own screen.

    apt-get install neovim python3-pyte librsvg2-bin fonts-dejavu-core
    npm run build && /usr/bin/python3 scripts/neovim-picture.py

It opens a network with a stride that does not fit, shows the error, and asks for the fixes.
"""

import fcntl
import html
import os
import pathlib
import pty
import select
import shutil
import struct
import subprocess
import tempfile
import termios
import time

import pyte

COLUMNS, ROWS = 100, 20
CELL = (8.43, 18)

NETWORK = """import { input } from 'stridewise'

export const lenet = input(32, 32, 1)
  .conv2d(6, 5)
  .relu()
  .maxPool2d(2, { stride: 2 })
  .conv2d(16, 5, { stride: 2 })
  .relu()
"""

# The settings of docs/guide/in-your-editor.md, with line numbers and colours.
SETTINGS = """
vim.o.number = true
vim.o.termguicolors = true
vim.o.signcolumn = 'yes'
vim.o.laststatus = 0
vim.o.ruler = false
vim.o.showcmd = false
vim.o.shortmess = vim.o.shortmess .. 'I'
vim.api.nvim_create_autocmd('FileType', {
  pattern = 'typescript',
  callback = function()
    local id = vim.lsp.start_client({
      name = 'stridewise',
      cmd = { 'node', vim.env.STRIDEWISE, 'lsp', '--standalone' },
      root_dir = vim.fn.getcwd(),
    })
    vim.lsp.buf_attach_client(0, id)
  end,
})
vim.o.hlsearch = false
vim.o.linebreak = true
vim.cmd('filetype on | syntax on')
vim.cmd('highlight NormalFloat guibg=#2a2d37 | highlight SignColumn guibg=NONE | highlight LineNr guifg=#6b7280')
vim.cmd('highlight DiagnosticError guifg=#ff8a80 | highlight MsgSeparator guibg=#2a2d37 | highlight EndOfBuffer guifg=#15171c')
"""

# What a user types, each after some seconds.
TYPED = [
    (9, ":7\r"),
    (0.5, "/stride\r"),
    (0.5, ":lua vim.diagnostic.open_float({ width = 90 })\r"),
    (1, ":lua vim.lsp.buf.code_action()\r"),
]

NAMED = {"default": None, "black": "#000000", "red": "#ff6e6e", "green": "#87d787", "brown": "#ffd787", "blue": "#87afff",
         "magenta": "#ffafff", "cyan": "#87ffff", "white": "#eeeeee"}


def colour(name, default):
    return (NAMED[name] if name in NAMED else f"#{name}") or default


def screen_of(folder, server):
    """Neovim's screen after everything was typed."""
    screen = pyte.Screen(COLUMNS, ROWS)
    stream = pyte.ByteStream(screen)
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(folder)
        os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", STRIDEWISE=server)
        os.execvp("nvim", ["nvim", "-u", "init.lua", "net.ts"])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))

    def read(seconds):
        end = time.time() + seconds
        while time.time() < end:
            if select.select([terminal], [], [], 0.1)[0]:
                stream.feed(os.read(terminal, 65536))

    for seconds, keys in TYPED:
        read(seconds)
        os.write(terminal, keys.encode())
    read(4)
    os.kill(process, 9)
    return screen


def svg_of(screen):
    width, height = CELL
    parts = []
    for row in range(ROWS):
        cells = [screen.buffer[row][column] for column in range(COLUMNS)]
        for column, cell in enumerate(cells):
            front, back = colour(cell.fg, "#e8e8e8"), colour(cell.bg, "#15171c")
            if cell.reverse:
                front, back = back, front
            if back != "#15171c":
                parts.append(f'<rect x="{column * width:.2f}" y="{row * height}" width="{width + 0.3:.2f}" height="{height}" fill="{back}"/>')
            if cell.data.strip():
                weight = ' font-weight="bold"' if cell.bold else ""
                parts.append(f'<text x="{column * width:.2f}" y="{row * height + 13.5}" fill="{front}"{weight}>{html.escape(cell.data)}</text>')
    size = f'width="{COLUMNS * width + 24:.0f}" height="{ROWS * height + 24}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="DejaVu Sans Mono" font-size="14">'
        f'<rect width="100%" height="100%" rx="6" fill="#15171c"/><g transform="translate(12 12)">{"".join(parts)}</g></svg>'
    )


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    folder = pathlib.Path(tempfile.mkdtemp(prefix="stridewise-neovim-"))
    try:
        (folder / "node_modules").mkdir()
        (folder / "node_modules/stridewise").symlink_to(root)
        (folder / "node_modules/typescript").symlink_to(root / "node_modules/typescript-7.1")
        (folder / "package.json").write_text('{ "type": "module" }')
        (folder / "tsconfig.json").write_text('{ "compilerOptions": { "strict": true, "module": "nodenext", "skipLibCheck": true } }')
        (folder / "net.ts").write_text(NETWORK)
        (folder / "init.lua").write_text(SETTINGS)
        screen = screen_of(folder, str(root / "dist/cli/stridewise.js"))
        if not any("Code actions" in line for line in screen.display):
            raise SystemExit("Neovim shows no fixes:\n" + "\n".join(screen.display))
        drawn = folder / "screen.svg"
        drawn.write_text(svg_of(screen))
        subprocess.run(["rsvg-convert", "--zoom", "1.5", "-o", root / "docs/guide/in-neovim.png", drawn], check=True)
    finally:
        shutil.rmtree(folder)


main()
