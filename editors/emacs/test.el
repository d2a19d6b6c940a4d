;;; Emacs in batch against the server: findings, hover, a fix, a rename over two files, layout.  -*- lexical-binding: t -*-
;; Run by editors/test.sh in an empty folder, with `assess` in PATH and CONFIG naming the configuration.

(package-initialize)
(require 'eglot)
(require 'flymake)

;; The configuration is that of docs/editors.md.
(load (getenv "CONFIG") nil t)
(fset (quote y-or-n-p) (lambda (&rest _) t))
(setq eglot-sync-connect 60 eglot-confirm-server-initiated-edits nil make-backup-files nil)

(defun fail (&rest why)
  (princ (concat "emacs: " (apply #'format why) "\n") #'external-debugging-output)
  (kill-emacs 1))

(defun wait (what ready)
  (let ((end (+ (float-time) 60)))
    (while (not (funcall ready))
      (when (> (float-time) end) (fail "never seen: %s" what))
      (accept-process-output nil 0.05))))

(defun text-of (name)
  (with-temp-buffer (insert-file-contents name) (buffer-string)))

(write-region "event drift \"Drift\" { chance: 10% by long }\n" nil "shared.assess")
(write-region "use \"shared.assess\": drift
assessment \"Will it happen?\" { as of: 2025-01-01 }
horizon long: until 2026-01-01
outcome stays \"Stays\"
final outcome goes \"Goes\"
prior { goes: likly by long, stays: rest }
change slip \"It slips\" {
    when: drift
  weight for goes: weak
}
" nil "main.assess")

(find-file "main.assess")
(apply #'eglot--connect (eglot--guess-contact))
(eglot--managed-mode 1)
(wait "a server" #'eglot-current-server)

(defun ask (method params)
  (jsonrpc-request (eglot-current-server) method params :timeout 60))

(defun document () (eglot--TextDocumentIdentifier))

;; Findings come as Flymake sees them.
(flymake-mode 1)
(flymake-start)
(wait "a finding" (lambda () (flymake-diagnostics)))
(unless (string-match "likly" (flymake-diagnostic-text (car (flymake-diagnostics))))
  (fail "the finding is %s" (flymake-diagnostic-text (car (flymake-diagnostics)))))

;; A fix.
(let* ((actions (ask :textDocument/codeAction
                     (list :textDocument (document)
                           :range '(:start (:line 5 :character 14) :end (:line 5 :character 19))
                           :context '(:diagnostics []))))
       (fix (seq-find (lambda (a) (eq (plist-get a :isPreferred) t)) actions)))
  (unless fix (fail "no fix is offered"))
  (eglot--apply-workspace-edit (plist-get fix :edit) nil))
(goto-char (point-min))
(unless (search-forward "likely by long" nil t) (fail "the fix does not mend the line"))
(eglot--signal-textDocument/didChange)

;; Hover, with numbers once they are there.
(wait "numbers in a hover"
      (lambda ()
        (let ((said (ask :textDocument/hover
                         (list :textDocument (document) :position '(:line 4 :character 15)))))
          (and said (string-match "[0-9]%" (plist-get (plist-get said :contents) :value))))))

;; A rename over both files, written.
(eglot--apply-workspace-edit
 (ask :textDocument/rename
      (list :textDocument (document) :position '(:line 7 :character 11) :newName "slide"))
 nil)
(save-some-buffers t)
(unless (string-match "slide" (text-of "main.assess")) (fail "the name is not changed where it is used"))
(unless (string-match "event slide" (text-of "shared.assess")) (fail "the name is not changed where it is declared"))

;; Layout.
(eglot--signal-textDocument/didChange)
(eglot-format-buffer)
(goto-char (point-min))
(unless (search-forward "\n  when: slide\n" nil t) (fail "the layout is %s" (buffer-string)))
(set-buffer-modified-p nil)

(princ "emacs: findings, fix, hover, rename, layout\n")
(kill-emacs 0)
