-- Neovim without a screen against the server: findings, hover, a fix, a rename over two files, layout.
-- Run by editors/test.sh in an empty folder, with `assess` in PATH and CONFIG naming the configuration.

local folder = vim.fn.getcwd()
vim.o.swapfile = false
vim.o.hidden = true

local function fail(why)
  io.stderr:write("neovim: " .. why .. "\n")
  vim.cmd("cquit 1")
end

local function write(name, text)
  local file = assert(io.open(folder .. "/" .. name, "w"))
  file:write(text)
  file:close()
end

local function wait(what, ready)
  if not vim.wait(60000, ready, 50) then
    fail("never seen: " .. what)
  end
end

write("shared.assess", 'event drift "Drift" { chance: 10% by long }\n')
write("main.assess", table.concat({
  'use "shared.assess": drift',
  'assessment "Will it happen?" { as of: 2025-01-01 }',
  "horizon long: until 2026-01-01",
  'outcome stays "Stays"',
  'final outcome goes "Goes"',
  "prior { goes: likly by long, stays: rest }",
  'change slip "It slips" {',
  "    when: drift",
  "  weight for goes: weak",
  "}",
  "",
}, "\n"))

-- The configuration is that of docs/editors.md.
vim.cmd("luafile " .. os.getenv("CONFIG"))
vim.cmd("edit main.assess")
wait("a server", function()
  return #vim.lsp.get_active_clients() > 0
end)
local id = vim.lsp.get_active_clients()[1].id

-- Findings.
wait("a finding", function()
  return #vim.diagnostic.get(0) > 0
end)
local found = vim.diagnostic.get(0)[1]
if not found.message:find("likly") then
  fail("the finding is " .. found.message)
end

local client = vim.lsp.get_client_by_id(id)
local function ask(method, params)
  local answer, why = client.request_sync(method, params, 60000, 0)
  if not answer or answer.err then
    fail(method .. ": " .. vim.inspect(answer and answer.err or why))
  end
  return answer.result
end

-- A fix.
local document = vim.lsp.util.make_text_document_params(0)
local range = { start = { line = 5, character = 14 }, ["end"] = { line = 5, character = 19 } }
local actions = ask("textDocument/codeAction", {
  textDocument = document, range = range, context = { diagnostics = {} },
})
local fix
for _, action in ipairs(actions) do
  if action.isPreferred then
    fix = action
  end
end
if not fix then
  fail("no fix is offered")
end
vim.lsp.util.apply_workspace_edit(fix.edit, client.offset_encoding)
if not vim.api.nvim_buf_get_lines(0, 5, 6, false)[1]:find("likely") then
  fail("the fix does not mend the line")
end
wait("that the finding goes", function()
  for _, finding in ipairs(vim.diagnostic.get(0)) do
    if finding.severity == vim.diagnostic.severity.ERROR then
      return false
    end
  end
  return true
end)

-- Hover, with numbers once they are there.
local seen = false
for _ = 1, 300 do
  local said = ask("textDocument/hover", { textDocument = document, position = { line = 4, character = 15 } })
  seen = said ~= nil and said.contents.value:find("%d%%") ~= nil
  if seen then
    break
  end
  vim.wait(100)
end
if not seen then
  fail("no numbers in a hover")
end

-- A rename over both files, written.
local edit = ask("textDocument/rename", {
  textDocument = document, position = { line = 7, character = 11 }, newName = "slide",
})
vim.lsp.util.apply_workspace_edit(edit, client.offset_encoding)
vim.cmd("silent wall")
for _, name in ipairs({ "main.assess", "shared.assess" }) do
  local text = table.concat(vim.fn.readfile(name), "\n")
  if text:find("drift") and name == "shared.assess" or not text:find("slide") then
    fail("the name is not changed in " .. name)
  end
end

-- Layout.
local edits = ask("textDocument/formatting", {
  textDocument = document, options = { tabSize = 2, insertSpaces = true },
})
vim.lsp.util.apply_text_edits(edits, 0, client.offset_encoding)
if vim.api.nvim_buf_get_lines(0, 7, 8, false)[1] ~= "  when: slide" then
  fail("the layout is " .. vim.inspect(vim.api.nvim_buf_get_lines(0, 7, 8, false)))
end

io.stdout:write("neovim: findings, fix, hover, rename, layout\n")
vim.lsp.stop_client(id)
vim.cmd("qall!")
