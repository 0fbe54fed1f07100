-- Opens net.ts in Neovim 0.7 with the language server, and prints what a user sees: errors, a hover, fixes, and the text after one.
local function say(text) io.stdout:write(text .. '\n') end
local server = vim.env.STRIDEWISE_SERVER
local id = vim.lsp.start_client({
  name = 'stridewise',
  cmd = { 'node', server, 'lsp', '--standalone' },
  root_dir = vim.fn.getcwd(),
})
vim.cmd('edit net.ts')
vim.bo.filetype = 'typescript'
vim.lsp.buf_attach_client(0, id)
local patience = 1800000
local function request(method, params)
  for _, answer in pairs(vim.lsp.buf_request_sync(0, method, params, patience) or {}) do return answer.result end
end
vim.wait(patience, function() return #vim.diagnostic.get(0) > 0 end, 50)
for _, each in ipairs(vim.diagnostic.get(0)) do say('error in line ' .. each.lnum + 1 .. ': ' .. each.message) end
vim.api.nvim_win_set_cursor(0, { 2, 36 })
local hover = request('textDocument/hover', vim.lsp.util.make_position_params())
say('hover: ' .. (hover and hover.contents.value:match('shape: [^\n]*') or 'none'))
vim.api.nvim_win_set_cursor(0, { 3, 19 })
local params = vim.lsp.util.make_range_params()
params.context = { diagnostics = vim.lsp.diagnostic.get_line_diagnostics(0, 2) }
local actions = request('textDocument/codeAction', params) or {}
for _, action in ipairs(actions) do say('fix: ' .. action.title) end
vim.lsp.util.apply_workspace_edit(actions[2].edit, 'utf-16')
say(vim.api.nvim_buf_get_lines(0, 2, 3, false)[1])
vim.wait(patience, function() return #vim.diagnostic.get(0) == 0 end, 50)
say('errors left: ' .. #vim.diagnostic.get(0))
vim.cmd('qa!')
