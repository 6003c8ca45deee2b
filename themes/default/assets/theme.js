{let k,d=document,r=d.documentElement.dataset,s=localStorage
for(k of["theme","density"])r[k]=s[k]||""
addEventListener("DOMContentLoaded",()=>{let c=d.querySelector("select"),f=d.forms[0]
c.value=r.theme
c.labels[0].hidden=!1
c.onchange=()=>r.theme=s.theme=c.value
if(f){f.q.onfocus=()=>import(f.dataset.on)
onkeydown=e=>e.key!="/"||e.ctrlKey||e.metaKey||s.noKey||"form"in e.target||!!f.q.focus()}})}
